/** What of a pasted block would not be taken, and why: asked before any of it is put in. */

import { isCode, isMark } from "./values.js";

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {[Cell, string][]} Edits */
/** @typedef {{who: string, value: string, reason: string, cell?: Cell}} Refusal */

export class NotTaken {
  /** @param {{sheet: import("./sheet.js").Sheet, saver: import("./saving.js").Saver, address: string}} parts */
  constructor({ sheet, saver, address }) {
    this.sheet = sheet;
    this.saver = saver;
    this.address = address;
  }

  /**
   * @param {Edits} edits
   * @returns {Promise<Refusal[]>}
   */
  async of(edits) {
    return [...this.closed(edits), ...(await this.look(edits))];
  }

  /**
   * @param {Edits} edits
   * @returns {Refusal[]}
   */
  closed(edits) {
    const { sheet } = this;
    const beside = new Map(edits);
    return edits
      .filter(([cell, value]) => value && sheet.closed(cell, beside))
      .map(([cell, value]) => ({ who: sheet.name(cell), value, reason: sheet.closed(cell, beside), cell }));
  }

  /**
   * What the server would not take of values that are not plainly the item's own. Where it
   * cannot be asked, saving will say.
   * @param {Edits} edits
   * @returns {Promise<Refusal[]>}
   */
  async look(edits) {
    const { sheet } = this;
    const beside = new Map(edits);
    const open = edits.filter(
      ([cell, value]) =>
        !sheet.closed(cell, beside) && !allows(sheet.item(cell), value.trim()) && !this.saver.pending(cell),
    );
    if (!open.length) return [];
    const found = await this.saver.look(this.address, { source: "paste", values: new Map(open) });
    return found.map(({ pupil, item, value, reason }) => {
      const cell = sheet.find(pupil, item);
      return { who: cell ? sheet.name(cell) : "", value, reason, cell };
    });
  }

  /**
   * Whether nothing of the first row or the first column would be taken: headings or names
   * that were not understood, and every value one place off.
   * @param {Edits} edits
   * @param {Refusal[]} refused
   */
  shifted(edits, refused) {
    const { sheet } = this;
    const bad = new Set(refused.map(({ who, value }) => `${who}: ${value}`));
    const places = edits.map(([cell, value]) => ({ ...sheet.place(cell), value, bad: bad.has(`${sheet.name(cell)}: ${value}`) }));
    const [first] = places;
    const lines = [places.filter(({ row }) => row === first?.row), places.filter(({ column }) => column === first?.column)];
    const all = (/** @type {typeof places} */ line) => line.some(({ value }) => value) && line.every((one) => one.bad || !one.value);
    return lines.some((line) => line.length < places.length && all(line));
  }
}

/**
 * @param {import("./sheet.js").Item} item
 * @param {string} value
 * @returns {boolean} whether it is a code or a mark of the item as it is written
 */
function allows(item, value) {
  return value === "" || isCode(item, value) || (/^\d{1,3}$/.test(value) && isMark(item, value));
}
