/**
 * What follows from what is entered, shown in a blank cell. It is never entered by itself:
 * the cell stays blank until a person puts it in. Where something else stands, that is told.
 */

import { follows, following } from "./following.js";

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./sheet.js").Item} Item */

export class Hints {
  /** @param {import("./sheet.js").Sheet} sheet */
  constructor(sheet) {
    this.sheet = sheet;
    this.following = following(sheet.items);
  }

  /** Look at every pupil again. */
  show() {
    for (const item of this.following)
      for (const pupil of this.sheet.pupils.keys()) this.showOne(pupil, item);
  }

  /**
   * @param {string} pupil
   * @param {Item} item
   */
  showOne(pupil, item) {
    const cell = this.sheet.find(pupil, item.code);
    if (!cell) return;
    const { follows: hint, why, differs } = follows(this.sheet.items, item, (code) => this.value(pupil, code));
    const stands = this.sheet.text(cell);
    if (!stands) tell(cell, { hint, words: why && `${why} It is not entered.` });
    else if (differs) tell(cell, { differs: "", words: `${why} Here stands ${stands}.` });
    else tell(cell, {});
  }

  /**
   * @param {string} pupil
   * @param {string} item
   * @returns {string} what is entered
   */
  value(pupil, item) {
    const cell = this.sheet.find(pupil, item);
    return cell ? this.sheet.text(cell) : "";
  }
}

/**
 * @param {Cell} cell
 * @param {{hint?: string, differs?: string, words?: string}} told
 */
function tell(cell, { hint, differs, words }) {
  const before = cell.dataset.hint !== undefined || cell.dataset.differs !== undefined;
  if (!before && words === undefined) return;
  put(cell, "data-hint", hint);
  put(cell, "data-differs", differs);
  if (!cell.dataset.aside) put(cell, "aria-description", words);
}

/**
 * @param {Cell} cell
 * @param {string} name
 * @param {string | undefined} value
 */
function put(cell, name, value) {
  if (value === undefined) cell.removeAttribute(name);
  else if (cell.getAttribute(name) !== value) cell.setAttribute(name, value);
}
