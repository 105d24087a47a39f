/** A pasted block: looked at by the server first, and shown where some of it is not taken. */

import { cellCount } from "./changes.js";
import { element } from "./popup.js";

/** @typedef {import("./sheet.js").Cell} Cell */
/** @typedef {[Cell, string][]} Edits */
/** @typedef {{who: string, value: string, reason: string}} Refusal */

const LISTED = 200;

export class Pasting {
  /**
   * @param {HTMLDialogElement} dialog
   * @param {{actions: import("./actions.js").Actions, saver: import("./saving.js").Saver, address: string}} parts
   */
  constructor(dialog, { actions, saver, address }) {
    this.dialog = dialog;
    this.actions = actions;
    this.saver = saver;
    this.address = address;
    this.body = /** @type {HTMLElement} */ (dialog.querySelector("[data-body]"));
    this.title = /** @type {HTMLElement} */ (dialog.querySelector("h2"));
    this.yes = /** @type {HTMLButtonElement} */ (dialog.querySelector("[value=paste]"));
    dialog.addEventListener("close", () => this.closed());
  }

  /**
   * @param {Edits} edits
   * @param {number} beyond how many values fell outside the grid
   */
  async paste(edits, beyond) {
    if (edits.length + beyond < 2) return this.put(edits);
    const refused = [...this.closedOf(edits), ...(await this.look(edits))];
    if (!refused.length && !beyond) return this.put(edits);
    this.edits = edits;
    this.show(edits.length, refused, beyond);
  }

  /** @param {Edits} edits */
  put(edits) {
    this.actions.make("paste", edits);
  }

  /**
   * @param {Edits} edits
   * @returns {Refusal[]}
   */
  closedOf(edits) {
    const { sheet } = this.actions;
    const beside = new Map(edits);
    return edits
      .filter(([cell, value]) => value && sheet.closed(cell, beside))
      .map(([cell, value]) => ({ who: sheet.name(cell), value, reason: sheet.closed(cell, beside) }));
  }

  /**
   * What the server would not take of values that are not plainly the item's own. Where it
   * cannot be asked, saving will say.
   * @param {Edits} edits
   * @returns {Promise<Refusal[]>}
   */
  async look(edits) {
    const { sheet } = this.actions;
    const beside = new Map(edits);
    const open = edits.filter(
      ([cell, value]) =>
        !sheet.closed(cell, beside) && !allows(sheet.item(cell), value.trim()) && !this.saver.pending(cell),
    );
    if (!open.length) return [];
    const found = await this.saver.look(this.address, { source: "paste", values: new Map(open) });
    return found.map(({ pupil, item, value, reason }) => {
      const cell = sheet.find(pupil, item);
      return { who: cell ? sheet.name(cell) : "", value, reason };
    });
  }

  /**
   * @param {number} all
   * @param {Refusal[]} refused
   * @param {number} beyond
   */
  show(all, refused, beyond) {
    const good = all - refused.length;
    this.title.textContent = refused.length
      ? `${refused.length} of ${all + beyond} pasted values would not be taken`
      : "Some of what you pasted falls outside the grid";
    const lines = refused
      .slice(0, LISTED)
      .map(({ who, value, reason }) => element("li", {}, element("b", {}, who), `: ${value || "blank"}. ${reason}`));
    const more = refused.length - LISTED;
    if (more > 0) lines.push(element("li", {}, `and ${more} more`));
    const outside = beyond ? [element("p", {}, `${cellCount(beyond)} would fall outside the grid: the block is larger than what is shown from here.`)] : [];
    this.body.replaceChildren(...outside, element("ul", {}, ...lines));
    this.yes.textContent = good ? `Paste the other ${good}` : "Put them in, to correct";
    this.dialog.returnValue = "";
    this.dialog.showModal();
    this.actions.announcer.say(`${this.title.textContent}.`);
  }

  /** What is not taken is put in too where it can be, marked, to be corrected in its place. */
  closed() {
    const { edits = [] } = this;
    this.edits = [];
    this.actions.selection.focus();
    if (this.dialog.returnValue === "paste") this.put(edits);
    else this.actions.announcer.say("Nothing was pasted.");
  }
}

/**
 * @param {import("./sheet.js").Item} item
 * @param {string} value
 * @returns {boolean} whether it is a code or a mark of the item as it is written
 */
function allows({ values, marks }, value) {
  if (value === "" || values.some(({ code }) => code === value)) return true;
  const mark = /^[0-9]{1,3}$/.test(value) ? Number(value) : -1;
  return marks !== null && mark >= marks.lowest && mark <= marks.highest;
}
