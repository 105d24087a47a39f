/** Where the keys go: one cell, a page, the edge of a block, the next cell to fill in. */

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./selection.js").Selection} Selection */

export class Moving {
  /**
   * @param {Sheet} sheet
   * @param {Selection} selection
   */
  constructor(sheet, selection) {
    this.sheet = sheet;
    this.selection = selection;
  }

  /**
   * @param {Cell | undefined} cell
   * @param {number} down
   * @param {number} across
   */
  beside(cell, down, across) {
    if (!cell) return undefined;
    const { row, column } = this.sheet.place(cell);
    return this.sheet.near(row + down, column + across);
  }

  /**
   * @param {number} down
   * @param {number} across
   */
  step(down, across) {
    this.selection.moveTo(this.beside(this.selection.active, down, across));
  }

  /** One cell up; from the first, to the column's heading. */
  up() {
    const { active } = this.selection;
    const { row, column } = active ? this.sheet.place(active) : { row: -1, column: -1 };
    const heads = this.sheet.table.querySelectorAll("[data-column]");
    if (row === 0) /** @type {HTMLElement} */ (heads[column])?.focus();
    else this.step(-1, 0);
  }

  /** One cell down; from the last, to the column's total. */
  down() {
    const { active } = this.selection;
    const { row, column } = active ? this.sheet.place(active) : { row: -1, column: -1 };
    const totals = this.sheet.table.querySelectorAll("[data-total]");
    if (row === this.sheet.height - 1) /** @type {HTMLElement} */ (totals[column])?.focus();
    else this.step(1, 0);
  }

  /**
   * @param {number} down
   * @param {number} across
   */
  stretch(down, across) {
    this.selection.extendTo(this.beside(this.selection.far, down, across));
  }

  /**
   * @param {number} down
   * @param {number} across
   */
  leap(down, across) {
    this.selection.moveTo(this.edge(this.selection.active, down, across));
  }

  /**
   * @param {number} down
   * @param {number} across
   */
  stretchLeap(down, across) {
    this.selection.extendTo(this.edge(this.selection.far, down, across));
  }

  /**
   * As a spreadsheet does: to the last filled cell of this run, or over blanks to the next.
   * @param {Cell | undefined} start
   * @param {number} down
   * @param {number} across
   */
  edge(start, down, across) {
    if (!start) return undefined;
    const { row, column } = this.sheet.place(start);
    const filled = (/** @type {number} */ n) => {
      const cell = this.sheet.at(row + n * down, column + n * across);
      return cell && this.sheet.text(cell) !== "";
    };
    const inside = (/** @type {number} */ n) => this.sheet.at(row + n * down, column + n * across);
    let n = 1;
    if (filled(0) && filled(1)) while (filled(n + 1)) n += 1;
    else while (inside(n + 1) && !filled(n)) n += 1;
    return inside(n) ?? start;
  }

  /** @param {number} ways -1 to the first column of the row, 1 to the last */
  rowEnd(ways) {
    this.step(0, ways * this.sheet.width);
  }

  /** @param {number} ways -1 to the first cell of all, 1 to the last */
  corner(ways) {
    this.step(ways * this.sheet.height, ways * this.sheet.width);
  }

  /** @param {number} ways -1 up, 1 down */
  page(ways) {
    this.step(ways * this.pageful(), 0);
  }

  /** How many rows fit between the headings and the totals, less one to keep one's place. */
  pageful() {
    const { parentElement: box, tHead, tFoot } = this.sheet.table;
    const row = heightOf(this.selection.active);
    if (!box || !row) return 10;
    const room = Math.min(box.clientHeight, innerHeight) - heightOf(tHead) - heightOf(tFoot);
    return Math.max(1, Math.floor(room / row + 0.1) - 1);
  }

  /**
   * Tab: the next cell that is open, round the ends of rows.
   * @param {number} ways -1 back, 1 on
   * @returns {boolean} false at the end of the grid, where the page's own Tab goes on
   */
  tab(ways) {
    if (!this.selection.active) return false;
    const { row, column } = this.sheet.place(this.selection.active);
    const { width, height } = this.sheet;
    for (let n = row * width + column + ways; n >= 0 && n < width * height; n += ways) {
      const cell = this.sheet.at(Math.floor(n / width), n % width);
      if (cell && !this.sheet.closed(cell) && !this.sheet.passed(cell)) {
        this.selection.moveTo(cell);
        return true;
      }
    }
    return false;
  }

  /** Select every cell on screen. */
  all() {
    const { sheet, selection } = this;
    selection.select(sheet.at(0, 0), sheet.near(sheet.height, sheet.width));
  }

  /** Select the columns of the selection, top to bottom. */
  columns() {
    const { left, right } = this.selection.range();
    this.selection.select(this.sheet.at(0, left), this.sheet.near(this.sheet.height, right));
  }

  /** Select the rows of the selection, end to end. */
  wholeRows() {
    const { top, bottom } = this.selection.range();
    this.selection.select(this.sheet.at(top, 0), this.sheet.at(bottom, this.sheet.width - 1));
  }
}

/** @param {Element | null | undefined} part */
function heightOf(part) {
  return part?.getBoundingClientRect().height ?? 0;
}
