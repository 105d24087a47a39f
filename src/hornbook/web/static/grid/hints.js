/**
 * What the year's table gives for a mark, shown in the blank cell of the scaled score. It
 * is never entered by itself: the cell stays blank until a person puts it in.
 */

/** @typedef {import("./sheet.js").Cell} Cell */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./sheet.js").Item} Item */

export class Hints {
  /** @param {Sheet} sheet */
  constructor(sheet) {
    this.sheet = sheet;
    this.scaled = [...sheet.items.values()].filter(({ scale }) => scale);
  }

  /** Look at every pupil again. */
  show() {
    for (const item of this.scaled)
      for (const pupil of this.sheet.pupils.keys()) this.showOne(pupil, item);
  }

  /**
   * @param {string} pupil
   * @param {Item} item
   */
  showOne(pupil, { code, scale }) {
    const cell = this.sheet.find(pupil, code);
    const from = scale && this.sheet.find(pupil, scale.from);
    if (!cell || !from) return;
    const mark = this.sheet.text(from);
    const score = this.sheet.text(cell) ? undefined : scale.scores[mark];
    if (score === cell.dataset.hint) return;
    if (score === undefined) {
      delete cell.dataset.hint;
      cell.removeAttribute("aria-description");
    } else {
      cell.dataset.hint = score;
      const words = `The table of the year gives ${score} for ${mark}. It is not entered.`;
      cell.setAttribute("aria-description", words);
    }
  }
}
