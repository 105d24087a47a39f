/**
 * Sends edits to the server, one request at a time and in order. What a person does while
 * a request is on its way goes together in the next. Nothing leaves the queue unanswered.
 */

import { NotSaved, post } from "./posting.js";

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./posting.js").Source} Source */
/** @typedef {import("./posting.js").Batch} Batch */
/** @typedef {import("./posting.js").Answer} Answer */

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;

const ANOTHER =
  "Somebody else has signed in here. What you typed is not saved under their name: sign in again yourself in another tab, then try again here.";

export class Saver extends EventTarget {
  /**
   * @param {string} address
   * @param {import("./session.js").Session} session
   */
  constructor(address, session) {
    super();
    this.address = address;
    this.session = session;
    /** @type {Batch[]} */
    this.queue = [];
    this.sending = false;
    /** Whether a block is being looked at before it is saved. */
    this.looking = false;
    this.wait = FIRST_WAIT;
    /** @type {NotSaved | undefined} why the last try failed */
    this.trouble = undefined;
    addEventListener("online", () => this.retry());
  }

  /** Whether anything is still to be answered. */
  get unsaved() {
    return this.queue.length > 0;
  }

  /** @returns {Cell[]} the cells that are still to be answered for */
  waiting() {
    return this.queue.flatMap(({ values }) => [...values.keys()]);
  }

  /** @param {Cell} cell */
  pending(cell) {
    return this.queue.some((batch) => batch.values.has(cell));
  }

  /**
   * @param {Source} source
   * @param {Map<Cell, string>} values
   */
  add(source, values) {
    const last = this.queue.at(-1);
    const held = this.sending && this.queue.length === 1;
    if (last && !held && last.source === source) {
      for (const [cell, value] of values) last.values.set(cell, value);
    } else {
      this.queue.push({ source, values });
    }
    if (!this.trouble) this.run();
  }

  /** Try again at once. */
  async retry() {
    if (!this.unsaved) return;
    clearTimeout(this.timer);
    if (this.trouble?.signedOut) await this.session.renew();
    if (this.session.another) return this.fail(new NotSaved(ANOTHER, { signedOut: true }));
    this.trouble = undefined;
    this.run();
  }

  async run() {
    if (this.sending) return;
    this.sending = true;
    try {
      while (this.queue.length) await this.sendFirst();
    } catch (error) {
      this.fail(error instanceof NotSaved ? error : new NotSaved(String(error)));
    } finally {
      this.sending = false;
    }
  }

  async sendFirst() {
    this.say("sending", { batch: this.queue[0] });
    const answer = await this.post(this.queue[0]);
    const batch = this.queue.shift();
    this.trouble = undefined;
    this.wait = FIRST_WAIT;
    this.say("answer", { batch, answer });
  }

  /** @param {NotSaved} trouble */
  fail(trouble) {
    this.trouble = trouble;
    if (trouble.waits) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.retry(), this.wait);
      this.wait = Math.min(this.wait * 2, LONGEST_WAIT);
    }
    this.say("failed", { trouble });
  }

  /**
   * Ask what of a batch would not be taken, and save nothing.
   * @param {string} address
   * @param {Batch} batch
   * @returns {Promise<{pupil: number, item: string, value: string, reason: string}[]>}
   */
  async look(address, batch) {
    this.looking = true;
    this.say("looking", {});
    try {
      const answer = /** @type {any} */ (await this.post(batch, address));
      return answer.not_taken;
    } catch (error) {
      // Saving runs into the same trouble, says so, and keeps the values.
      if (error instanceof NotSaved) return [];
      throw error;
    } finally {
      this.looking = false;
      this.say("looking", {});
    }
  }

  /**
   * @param {Batch} batch
   * @param {string} [address]
   * @returns {Promise<Answer>}
   */
  post(batch, address = this.address) {
    return post(address, this.session.token, batch);
  }

  /**
   * @param {string} what
   * @param {object} detail
   */
  say(what, detail) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}
