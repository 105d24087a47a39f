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
    const stands = this.sheet.text(cell);
    const { hint, words } = this.follows(pupil, item);
    if (!stands) tell(cell, { hint, words: words && `${words} It is not entered.` });
    else if (disagree(item, stands, hint) || this.leavesNoScore(pupil, item, stands)) tell(cell, { differs: "", words: `${words} Here stands ${stands}.` });
    else tell(cell, NOTHING);
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
   * @param {string} pupil
   * @param {Item} item
   * @param {string} stands
   * @returns {boolean} whether a scaled score is entered beside an outcome that says there is none
   */
  leavesNoScore(pupil, { judged }, stands) {
    if (!judged || !judged.without.includes(stands)) return false;
    const score = this.sheet.find(pupil, judged.from);
    return Boolean(score) && this.isMark(judged.from, this.sheet.text(/** @type {Cell} */ (score)));
  }

  /**
   * @param {string} code of an item
   * @param {string} value
   */
  isMark(code, value) {
    const { marks } = /** @type {Item} */ (this.sheet.items.get(code));
    const number = /^\d+$/.test(value) ? Number(value) : NaN;
    return Boolean(marks && number >= marks.lowest && number <= marks.highest);
  }

  /**
   * @param {string} code of an item
   * @param {string} value
   */
  mayStand(code, value) {
    const { values } = /** @type {Item} */ (this.sheet.items.get(code));
    return this.isMark(code, value) || values.some((one) => one.code === value);
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

/**
 * @param {Item} item
 * @param {string} stands
 * @param {string | undefined} follows what would stand here by what stands beside it
 * @returns {boolean} a code that no table gives (absent, say) disagrees with nothing
 */
function disagree({ judged }, stands, follows) {
  if (follows === undefined || follows === stands) return false;
  return judged ? [judged.met, judged.not_met].includes(stands) : /^\d+$/.test(stands);
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

/** @type {{hint?: string, words?: string}} */
const NOTHING = {};
