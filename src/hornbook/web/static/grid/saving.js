/**
 * Sends edits to the server, one request at a time and in order. What a person does while
 * a request is on its way goes together in the next. Nothing leaves the queue unanswered.
 */

/** @typedef {import("./sheet.js").Cell} Cell */
/** @typedef {"grid" | "paste" | "undo"} Source */
/** @typedef {{source: Source, values: Map<Cell, string>}} Batch */
/**
 * @typedef {object} CellAnswer
 * @property {number} pupil
 * @property {string} item
 * @property {string} value
 * @property {number | null} version
 * @property {"saved" | "same" | "refused" | "closed" | "conflict"} state
 * @property {string} [reason]
 * @property {string} [theirs]
 * @property {string} [by]
 * @property {string} [at]
 */
/**
 * @typedef {object} Answer
 * @property {CellAnswer[]} cells
 * @property {Record<string, string>} missing
 * @property {{pupil: number, item: string, reason: string | null, aside: string}[]} closed
 */

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;

const ANOTHER =
  "Somebody else has signed in here. What you typed is not saved under their name: sign in again yourself in another tab, then try again here.";

export const SIGNED_OUT =
  "You have been signed out. What you typed is kept in this browser until you sign in again, unless somebody else signs in first.";

/** A request that did not come back with an answer. */
export class NotSaved extends Error {
  /**
   * @param {string} message
   * @param {{waits?: boolean, signedOut?: boolean}} way whether time may help, or signing in
   */
  constructor(message, { waits = false, signedOut = false } = {}) {
    super(message);
    this.waits = waits;
    this.signedOut = signedOut;
  }
}

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
  async post(batch, address = this.address) {
    const response = await fetch(address, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        Accept: "application/json",
        "X-CSRFToken": this.session.token,
      },
      credentials: "same-origin",
      body: JSON.stringify({
        source: batch.source,
        person: Number(document.body.dataset.person),
        edits: editsOf(batch),
      }),
    }).catch(() => {
      throw new NotSaved("The network has gone.", { waits: true });
    });
    return answerOf(response);
  }

  /**
   * @param {string} what
   * @param {object} detail
   */
  say(what, detail) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}

/** @param {Batch} batch */
function editsOf(batch) {
  return [...batch.values].map(([cell, value]) => ({
    pupil: Number(cell.dataset.pupil),
    item: cell.dataset.item,
    value,
    base: cell.dataset.version ? Number(cell.dataset.version) : null,
  }));
}

/**
 * @param {Response} response
 * @returns {Promise<Answer>}
 */
async function answerOf(response) {
  const json = (response.headers.get("Content-Type") ?? "").includes("json");
  if (response.ok && json && !response.redirected) return response.json();
  if (isSignedOut(response)) {
    throw new NotSaved(SIGNED_OUT, { signedOut: true });
  }
  if (response.status >= 500 || response.status === 429) {
    throw new NotSaved("The server could not save.", { waits: true });
  }
  throw new NotSaved(`The server could not take this (${response.status}).`);
}

/**
 * @param {Response} response
 * @returns {boolean} whether the server wants somebody to sign in, and is not merely away
 */
export function isSignedOut({ redirected, status }) {
  return redirected || status === 401 || status === 403;
}
