/**
 * Which cell has the focus and which are selected with it. The focus stays on the cell
 * where the selection began; the far corner moves.
 */

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {{top: number, left: number, bottom: number, right: number}} Range */

export class Selection extends EventTarget {
  /** @param {Sheet} sheet */
  constructor(sheet) {
    super();
    this.sheet = sheet;
    /** @type {Cell | undefined} the cell with the focus */
    this.active = sheet.table.querySelector("td[data-item][tabindex='0']") ?? sheet.at(0, 0);
    /** @type {Cell | undefined} the corner that moves */
    this.far = this.active;
    /** @type {Set<Cell>} */
    this.marked = new Set();
    this.settle();
  }

  /**
   * Go to one cell, and select it alone.
   * @param {Cell | undefined} cell
   */
  moveTo(cell) {
    if (!cell) return;
    this.settleOn(cell);
    cell.focus();
  }

  /**
   * Make a cell the current one without taking the focus.
   * @param {Cell} cell
   */
  settleOn(cell) {
    this.active?.setAttribute("tabindex", "-1");
    this.active = cell;
    this.far = cell;
    this.settle();
  }

  /**
   * Select from the current cell to another.
   * @param {Cell | undefined} cell
   */
  extendTo(cell) {
    if (!cell) return;
    this.far = cell;
    this.settle();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  /**
   * Select a block; the focus goes to its first corner.
   * @param {Cell | undefined} first
   * @param {Cell | undefined} last
   */
  select(first, last) {
    this.moveTo(first);
    if (last !== first) this.extendTo(last);
  }

  /** Put the focus back on the current cell. */
  focus() {
    this.active?.focus();
  }

  /** @returns {Range} */
  range() {
    if (!this.active || !this.far) return { top: 0, left: 0, bottom: -1, right: -1 };
    const one = this.sheet.place(this.active);
    const other = this.sheet.place(this.far);
    return {
      top: Math.min(one.row, other.row),
      left: Math.min(one.column, other.column),
      bottom: Math.max(one.row, other.row),
      right: Math.max(one.column, other.column),
    };
  }

  /** @returns {Cell[][]} the selected cells, row by row */
  block() {
    const { top, left, bottom, right } = this.range();
    return this.sheet.shown
      .slice(Math.max(top, 0), bottom + 1)
      .map((row) => row.slice(left, right + 1));
  }

  /** @returns {Cell[]} */
  cells() {
    return this.block().flat();
  }

  /** @param {Cell} cell */
  includes(cell) {
    return this.marked.has(cell);
  }

  /** After a filter: keep the same column, on a row that is on screen. */
  keepOnScreen() {
    if (!this.active) return;
    const hadFocus = document.activeElement === this.active;
    const { row, column } = this.sheet.place(this.active);
    const cell = row >= 0 ? this.active : this.sheet.near(0, column);
    if (!cell) return;
    this.settleOn(cell);
    if (hadFocus) cell.focus();
  }

  /** Show on the page what is selected now. */
  settle() {
    const selected = new Set(this.cells());
    for (const cell of this.marked) if (!selected.has(cell)) cell.removeAttribute("aria-selected");
    for (const cell of selected)
      if (!this.marked.has(cell)) cell.setAttribute("aria-selected", "true");
    this.marked = selected;
    this.active?.setAttribute("tabindex", "0");
    this.dispatchEvent(new Event("change"));
  }
}
