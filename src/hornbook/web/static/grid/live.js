/** What others enter meanwhile: asked for every few seconds, and shown where it is not in the way. */

import { showMissing } from "./filter.js";
import { isSignedOut } from "./posting.js";

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./locking.js").Locks} Locks */
/** @typedef {{pupil: number, item: string, value: string, version: number, by: string, at: string}} Entered */
/**
 * @typedef {object} News
 * @property {string} since
 * @property {string} reload why the page must be opened again, or ""
 * @property {Locks | null} locks where any came or went
 * @property {string} signing the menu that signs off, where a lock came or went and the person may
 * @property {Entered[]} cells
 * @property {Record<string, string>} missing
 * @property {import("./posting.js").Closed[]} closed
 * @property {Record<string, Record<string, string>>} beside results of other grids that say what is wanted here
 */

const EVERY = 3500;

export class Live extends EventTarget {
  /**
   * @param {{url: string, since: string}} from
   * @param {{arriving: import("./arriving.js").Arriving, editing: () => Cell | undefined}} parts
   */
  constructor({ url, since }, { arriving, editing }) {
    super();
    this.url = url;
    this.since = since;
    this.arriving = arriving;
    this.sheet = arriving.sheet;
    this.editing = editing;
    document.addEventListener("visibilitychange", () => this.next(0));
    this.next(EVERY);
  }

  /** @param {number} wait */
  next(wait) {
    clearTimeout(this.timer);
    if (document.hidden) return;
    this.timer = setTimeout(() => void this.ask(), wait);
  }

  async ask() {
    const address = `${this.url}?since=${encodeURIComponent(this.since)}`;
    const response = await fetch(address, {
      headers: { Accept: "application/json" },
      credentials: "same-origin",
    }).catch(() => undefined);
    const signedOut = Boolean(response && isSignedOut(response));
    const heard = Boolean(response?.ok) && !signedOut;
    if (response && heard) this.take(await response.json());
    this.say("heard", { heard, signedOut });
    this.next(EVERY);
  }

  /** @param {News} news */
  take(news) {
    this.since = news.since;
    if (news.locks) this.say("locks", news.locks);
    if (news.signing) this.say("signing", { signing: news.signing });
    const shown = news.cells.filter((entered) => this.show(entered));
    showMissing(this.sheet, news.missing);
    this.sheet.closeAll(news.closed);
    for (const [id, beside] of Object.entries(news.beside)) {
      const pupil = this.sheet.pupils.get(id);
      if (!pupil) continue;
      pupil.beside = beside;
      this.sheet.showWanted(pupil);
    }
    if (shown.length) this.arriving.told(shown);
    if (news.locks) this.arriving.changes.changed();
    if (news.reload) this.say("reload", { why: news.reload });
  }

  /**
   * @param {Entered} entered
   * @returns {boolean} whether it is news, and nothing of this person's is in its way
   */
  show(entered) {
    const cell = this.sheet.find(entered.pupil, entered.item);
    const known = Number(cell?.dataset.version ?? 0);
    if (!cell || entered.version <= known || this.arriving.saver.pending(cell)) return false;
    // Typing goes on from what this person saw: the server will say that the two clash.
    if (cell === this.editing()) return false;
    this.arriving.theirs(cell, entered);
    return true;
  }

  /**
   * @param {string} what
   * @param {object} detail
   */
  say(what, detail) {
    this.dispatchEvent(new CustomEvent(what, { detail }));
  }
}
