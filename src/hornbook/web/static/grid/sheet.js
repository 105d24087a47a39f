/**
 * Whose each cell is and of what, and whether anything may be put in it. Knows nothing of
 * keys, saving or any code.
 */

import { Cells } from "./cells.js";
import { called } from "./names.js";
import { aside, shut } from "./only-where.js";

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {{code: string, title: string}} Choice */
/**
 * @typedef {object} Item
 * @property {string} code
 * @property {string} title
 * @property {string} short
 * @property {string} area
 * @property {Choice[]} values
 * @property {{lowest: number, highest: number, expected: number | null} | null} marks
 * @property {string} allowed what may be entered, in words
 * @property {boolean} required
 * @property {import("./only-where.js").OnlyWhere | null} only_where
 * @property {{from: string, table: string, scores: Record<string, string>} | null} scale
 * @property {{from: string, expected: number, met: string, not_met: string, without: string[]} | null} judged
 */
/** @typedef {{id: number, name: string, apart: string, upn: string, class: string, nc_year: string, locked: string, beside: Record<string, string>}} Pupil */
/** @typedef {{items: Item[], pupils: Pupil[], locked?: string | boolean, changes: {url: string, since: string}}} GridData */

/** @type {Map<Cell, string>} */
const NONE = new Map();
const LOCKED = "This grid is locked.";

export class Sheet extends Cells {
  /**
   * @param {HTMLTableElement} table
   * @param {GridData} data
   */
  constructor(table, data) {
    super(table);
    this.items = new Map(data.items.map((item) => [item.code, item]));
    this.pupils = new Map(data.pupils.map((pupil) => [String(pupil.id), pupil]));
    this.locked = data.locked === true ? LOCKED : data.locked || "";
  }

  /** Whether a lock leaves nothing that may be entered. */
  get shut() {
    return Boolean(this.locked) || [...this.pupils.values()].every(({ locked }) => locked);
  }

  /** @param {Cell} cell */
  item(cell) {
    return /** @type {Item} */ (this.items.get(String(cell.dataset.item)));
  }

  /** @param {Cell} cell */
  pupil(cell) {
    return /** @type {Pupil} */ (this.pupils.get(String(cell.dataset.pupil)));
  }

  /**
   * @param {Cell} cell
   * @returns {string} whose cell it is and of what, for people
   */
  name(cell) {
    return `${called(this.pupil(cell))}, ${this.item(cell).title}`;
  }

  /**
   * @param {Cell} cell
   * @returns {string} the lock over it, or "": what stood before may be put back where there is none
   */
  lockOf(cell) {
    return this.locked || this.pupil(cell).locked;
  }

  /**
   * @param {Cell} cell
   * @param {Map<Cell, string>} [beside] what is put in cells at the same time
   * @returns {string} why nothing may be put here, or ""
   */
  closed(cell, beside = NONE) {
    const rule = this.item(cell).only_where;
    const pupil = this.pupil(cell);
    if (this.lockOf(cell) || !rule) return this.lockOf(cell) || cell.dataset.closed || "";
    return this.text(cell) ? "" : shut(rule, (item) => this.stands(pupil, item, beside));
  }

  /**
   * @param {Pupil} pupil
   * @param {string} item of this grid or another
   * @param {Map<Cell, string>} [beside]
   * @returns {string} what stands of the pupil
   */
  stands(pupil, item, beside = NONE) {
    const cell = this.find(pupil.id, item);
    return cell ? (beside.get(cell) ?? this.text(cell)) : (pupil.beside[item] ?? "");
  }

  /**
   * Show which of a pupil's cells are wanted, after an edit.
   * @param {Pupil} pupil
   * @returns {Cell[]} those whose value is wanted no longer
   */
  showWanted(pupil) {
    /** @type {Cell[]} */
    const fresh = [];
    if (this.locked || pupil.locked) return fresh;
    for (const { code, only_where: rule } of this.items.values()) {
      const cell = this.find(pupil.id, code);
      if (!cell || !rule) continue;
      const words = this.text(cell) ? aside(rule, (item) => this.stands(pupil, item)) : "";
      if (words && !cell.dataset.aside) fresh.push(cell);
      this.close(cell, this.closed(cell), words);
    }
    return fresh;
  }

  /**
   * Few pupils need an item that is not required; a code that it shares with one that is
   * (too low for the tests, say) calls for it.
   * @param {Cell} cell
   * @returns {boolean} whether Tab may pass over it
   */
  passed(cell) {
    const item = this.item(cell);
    if (item.only_where) return false;
    const needed = [...this.items.values()].filter(({ required }) => required);
    if (item.required || !needed.length || this.text(cell)) return false;
    const beside = needed.map(({ code }) => this.find(this.pupil(cell).id, code));
    const values = new Set(beside.map((other) => (other ? this.text(other) : "")));
    return !item.values.some(({ code }) => values.has(code));
  }

  /** @param {import("./posting.js").Closed[]} closed how cells stand, as the server says */
  closeAll(closed) {
    for (const { pupil, item, reason, aside: words } of closed) {
      const cell = this.find(pupil, item);
      if (cell) this.close(cell, reason, words);
    }
  }

  /**
   * @param {Cell} cell
   * @param {string | null} reason why nothing may be put here; null opens the cell
   * @param {string} [aside] why the value that stands here is not wanted
   */
  close(cell, reason, aside) {
    if (aside) {
      cell.dataset.aside = aside;
      cell.setAttribute("aria-description", aside);
    } else if (cell.dataset.aside) {
      delete cell.dataset.aside;
      cell.removeAttribute("aria-description");
    }
    if (reason) {
      cell.dataset.closed = reason;
      cell.setAttribute("aria-readonly", "true");
    } else {
      delete cell.dataset.closed;
      cell.removeAttribute("aria-readonly");
    }
  }
}
