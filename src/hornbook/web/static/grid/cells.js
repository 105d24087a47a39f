/**
 * The table on the page as rows and columns of cells: where each is, what it shows, and
 * what the server is known to hold.
 */

/** @typedef {HTMLTableCellElement} Cell */
/** @typedef {{row: number, column: number}} Place */

export class Cells {
  /** @param {HTMLTableElement} table */
  constructor(table) {
    this.table = table;
    /** @type {HTMLTableRowElement[]} */
    this.rows = [...table.tBodies].flatMap((body) => [...body.rows]);
    this.cells = this.rows.map((row) => cellsOf(row));
    /** How many columns can be moved through. */
    this.width = this.cells[0]?.length ?? 0;
    /** @type {Map<Cell, string>} what the server holds, cell by cell */
    this.held = new Map(this.cells.flat().map((cell) => [cell, this.text(cell)]));
    this.byKey = new Map(this.cells.flat().map((cell) => [keyOf(cell), cell]));
    /** @type {Cell[][]} the rows on screen */
    this.shown = [];
    /** @type {Map<Cell, Place>} where each cell on screen is */
    this.places = new Map();
    this.look();
  }

  /** Take note of which rows are on screen, after a filter. */
  look() {
    this.shown = this.cells.filter((_, row) => !this.rows[row].hidden);
    this.places = new Map();
    this.shown.forEach((cells, row) => {
      cells.forEach((cell, column) => this.places.set(cell, { row, column }));
    });
  }

  /** @param {HTMLTableRowElement[]} rows the same rows in the order in which they now stand */
  arrange(rows) {
    this.rows = rows;
    this.cells = rows.map((row) => cellsOf(row));
    this.look();
  }

  /** How many rows are on screen. */
  get height() {
    return this.shown.length;
  }

  /**
   * @param {number} row
   * @param {number} column
   * @returns {Cell | undefined} the cell on screen there
   */
  at(row, column) {
    return this.shown[row]?.[column];
  }

  /**
   * The cell nearest a place, kept inside the table.
   * @param {number} row
   * @param {number} column
   */
  near(row, column) {
    return this.shown[clamp(row, this.height)]?.[clamp(column, this.width)];
  }

  /**
   * @param {Cell} cell
   * @returns {Place} where it is on screen; row -1 when filtered out
   */
  place(cell) {
    return this.places.get(cell) ?? { row: -1, column: cellsOf(rowOf(cell)).indexOf(cell) };
  }

  /**
   * @param {string | number} pupil
   * @param {string} item
   */
  find(pupil, item) {
    return this.byKey.get(`${pupil} ${item}`);
  }

  /**
   * @param {Cell} cell
   * @returns {string} what the cell shows
   */
  text(cell) {
    return (cell.textContent ?? "").trim();
  }

  /**
   * @param {Cell} cell
   * @param {string} text
   */
  write(cell, text) {
    cell.textContent = text;
  }

  /** @param {Cell} cell */
  holds(cell) {
    return this.held.get(cell) ?? "";
  }
}

/**
 * @param {HTMLTableRowElement} row
 * @returns {Cell[]}
 */
function cellsOf(row) {
  return [...row.querySelectorAll("td[data-item]")].map((cell) => /** @type {Cell} */ (cell));
}

/**
 * @param {Cell} cell
 * @returns {HTMLTableRowElement}
 */
export function rowOf(cell) {
  return /** @type {HTMLTableRowElement} */ (cell.parentElement);
}

/** @param {Cell} cell */
function keyOf(cell) {
  return `${cell.dataset.pupil} ${cell.dataset.item}`;
}

/**
 * @param {number} index
 * @param {number} length
 */
function clamp(index, length) {
  return Math.max(0, Math.min(index, length - 1));
}
