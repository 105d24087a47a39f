/**
 * What follows from what is entered, shown in a blank cell: the scaled score that the
 * year's table gives for a mark, and the outcome of a scaled score. It is never entered
 * by itself: the cell stays blank until a person puts it in.
 */

/** @typedef {import("./sheet.js").Cell} Cell */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./sheet.js").Item} Item */

export class Hints {
  /** @param {Sheet} sheet */
  constructor(sheet) {
    this.sheet = sheet;
    const items = [...sheet.items.values()];
    // An outcome may follow from a score that is itself only shown.
    this.following = [...items.filter(({ scale }) => scale), ...items.filter(({ judged }) => judged)];
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
    const { hint, words } = this.sheet.text(cell) ? NOTHING : this.follows(pupil, item);
    if (hint === cell.dataset.hint && words === cell.ariaDescription) return;
    if (hint === undefined) {
      if (cell.dataset.hint === undefined) return;
      delete cell.dataset.hint;
      cell.removeAttribute("aria-description");
    } else {
      cell.dataset.hint = hint;
      cell.setAttribute("aria-description", `${words} It is not entered.`);
    }
  }

  /**
   * @param {string} pupil
   * @param {Item} item
   * @returns {{hint?: string, words?: string}} what would stand here, and why
   */
  follows(pupil, { scale, judged }) {
    if (scale) {
      const mark = this.value(pupil, scale.from);
      const score = scale.scores[mark];
      return score ? { hint: score, words: `${scale.table} gives ${score} for ${mark}.` } : NOTHING;
    }
    const score = judged ? this.value(pupil, judged.from) : "";
    if (!judged || !this.mayStand(judged.from, score)) return NOTHING;
    const met = Number(score) >= judged.expected;
    const than = met ? `${judged.expected} or more` : `not ${judged.expected} or more`;
    return { hint: met ? judged.met : judged.not_met, words: `The scaled score is ${score}, ${than}.` };
  }

  /**
   * @param {string} code of an item
   * @param {string} value
   */
  mayStand(code, value) {
    const { marks, values } = /** @type {Item} */ (this.sheet.items.get(code));
    const number = /^\d+$/.test(value) ? Number(value) : NaN;
    return (marks && number >= marks.lowest && number <= marks.highest) || values.some((one) => one.code === value);
  }

  /**
   * @param {string} pupil
   * @param {string} item
   * @returns {string} what is entered, or is shown in its place
   */
  value(pupil, item) {
    const cell = this.sheet.find(pupil, item);
    return cell ? this.sheet.text(cell) || (cell.dataset.hint ?? "") : "";
  }
}

/** @type {{hint?: string, words?: string}} */
const NOTHING = {};
