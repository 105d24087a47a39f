/** The last row: how many of the pupils on screen have an entry, and which, column by column. */

import { missingIn } from "./filter.js";
import { rowOf } from "./cells.js";

/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./sheet.js").Item} Item */

export class Totals {
  /**
   * @param {{sheet: Sheet, marks: import("./marks.js").Marks}} parts
   * @param {() => void} besides what else is looked at again, in the same frame
   */
  constructor({ sheet, marks }, besides) {
    this.sheet = sheet;
    this.marks = marks;
    this.besides = besides;
    /** @type {number | undefined} */
    this.frame = undefined;
    this.cells = /** @type {HTMLElement[]} */ ([...sheet.table.querySelectorAll("[data-total]")]);
    this.cells.forEach((cell, place) => {
      cell.tabIndex = -1;
      cell.addEventListener("keydown", (event) => this.key(event, place));
    });
  }

  /**
   * Left and right along the row, up into the column.
   * @param {KeyboardEvent} event
   * @param {number} place
   */
  key(event, place) {
    event.stopPropagation();
    const steps = { ArrowRight: this.cells[place + 1], ArrowLeft: this.cells[place - 1] };
    const up = event.key === "ArrowUp" && this.sheet.near(this.sheet.height, place);
    const next = steps[/** @type {keyof typeof steps} */ (event.key)] || up;
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  /** Once a frame is enough. */
  later() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.show();
    });
  }

  show() {
    this.besides();
    const row = this.sheet.table.tFoot?.rows[0];
    const shown = row?.querySelector("[data-shown]");
    if (!row || !shown) return;
    shown.textContent = `of ${this.counted()}`;
    const lacking = row.querySelector("[data-lacking]");
    if (lacking) lacking.textContent = this.lackingWords();
    [...this.sheet.items.values()].forEach((item, column) =>
      showTotal(this.cells[column], item, this.count(column), this.notTaken(column)),
    );
  }

  /** How many of the pupils on screen may be assessed, or have an entry all the same. */
  counted() {
    const { sheet } = this;
    return sheet.shown.filter(
      (cells) => "counted" in rowOf(cells[0]).dataset || cells.some((cell) => this.stands(cell)),
    ).length;
  }

  /** How many of the pupils on screen still lack something; blank where nothing is begun. */
  lackingWords() {
    const { shown } = this.sheet;
    const pupils = shown.filter((cells) => missingIn(rowOf(cells[0]))).length;
    if (pupils) return pupils === 1 ? "1 pupil" : `${pupils} pupils`;
    return shown.some((cells) => cells.some((cell) => this.stands(cell)))
      ? "✓ Nothing is missing"
      : "";
  }

  /**
   * @param {import("./cells.js").Cell} cell
   * @returns {string} what the server holds of a cell whose value was not taken, else what it shows
   */
  stands(cell) {
    return this.marks.isWrong(cell) ? this.sheet.holds(cell) : this.sheet.text(cell);
  }

  /**
   * @param {number} column
   * @returns {number} how many values on screen were not taken
   */
  notTaken(column) {
    return this.sheet.shown.filter((row) => this.marks.isWrong(row[column])).length;
  }

  /**
   * @param {number} column
   * @returns {Map<string, number>} how many pupils have each value
   */
  count(column) {
    const tally = new Map();
    for (const row of this.sheet.shown) {
      const text = this.stands(row[column]);
      if (text) tally.set(text, (tally.get(text) ?? 0) + 1);
    }
    return tally;
  }
}

/**
 * @param {HTMLElement} cell
 * @param {Item} item
 * @param {Map<string, number>} tally
 * @param {number} notTaken
 */
function showTotal(cell, item, tally, notTaken) {
  const total = sum(tally.values());
  const codes = item.values.filter(({ code }) => tally.has(code));
  const marks = total - sum(codes.map(({ code }) => tally.get(code) ?? 0));
  const parts = codes.map(({ code, title }) => `${code} (${title}): ${tally.get(code)}`);
  if (marks) parts.unshift(`a mark: ${marks}`, ...metWords(item, tally));
  if (notTaken) parts.push(`${notTaken} not saved ${notTaken === 1 ? "is" : "are"} not counted`);
  cell.textContent = String(total);
  cell.title = [`${item.title}: ${total} entered`, ...parts].join("\n");
}

/**
 * @param {Item} item
 * @param {Map<string, number>} tally
 * @returns {string[]} how many marks met the standard, where the year's is known
 */
function metWords({ marks }, tally) {
  const expected = marks?.expected ?? Infinity;
  if (expected === Infinity) return [];
  const met = sum([...tally].map(([value, count]) => (Number(value) >= expected ? count : 0)));
  return [`${expected} or more: ${met}`];
}

/** @param {Iterable<number>} numbers */
function sum(numbers) {
  return [...numbers].reduce((total, number) => total + number, 0);
}
