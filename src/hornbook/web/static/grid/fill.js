/** The same value into many cells: down, right, to a dragged corner, or wherever it is blank. */

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./selection.js").Range} Range */
/** @typedef {[Cell, string][]} Edits */

/**
 * The top row of a block into the rows below it; of one row, the row above into it.
 * @param {Sheet} sheet
 * @param {Range} range
 * @returns {Edits}
 */
export function down(sheet, range) {
  const first = range.top === range.bottom ? Math.max(0, range.top - 1) : range.top;
  return each({ ...range, top: first + 1 }, (row, column) =>
    copied(sheet, [first, column], [row, column]),
  );
}

/**
 * The first column of a block into the columns after it; of one column, the one before.
 * @param {Sheet} sheet
 * @param {Range} range
 * @returns {Edits}
 */
export function right(sheet, range) {
  const first = range.left === range.right ? Math.max(0, range.left - 1) : range.left;
  return each({ ...range, left: first + 1 }, (row, column) =>
    copied(sheet, [row, first], [row, column]),
  );
}

/**
 * The block a person began with, repeated over the one they dragged to.
 * @param {Sheet} sheet
 * @param {Range} from
 * @param {Range} to
 * @returns {Edits}
 */
export function over(sheet, from, to) {
  const height = from.bottom - from.top + 1;
  const width = from.right - from.left + 1;
  return each(to, (row, column) => {
    const source = [
      from.top + modulo(row - from.top, height),
      from.left + modulo(column - from.left, width),
    ];
    return copied(sheet, [source[0], source[1]], [row, column]);
  });
}

/**
 * One value into every blank, open cell of a column on screen.
 * @param {Sheet} sheet
 * @param {number} column
 * @param {string} value
 * @returns {Edits}
 */
export function blanks(sheet, column, value) {
  return sheet.shown
    .map((row) => row[column])
    .filter((cell) => !sheet.text(cell) && !sheet.closed(cell))
    .map((cell) => [cell, value]);
}

/**
 * @param {Range} range
 * @param {(row: number, column: number) => [Cell, string] | undefined} edit
 * @returns {Edits}
 */
function each({ top, left, bottom, right: last }, edit) {
  /** @type {Edits} */
  const edits = [];
  for (let row = top; row <= bottom; row += 1) {
    for (let column = left; column <= last; column += 1) {
      const made = edit(row, column);
      if (made) edits.push(made);
    }
  }
  return edits;
}

/**
 * @param {Sheet} sheet
 * @param {[number, number]} from
 * @param {[number, number]} to
 * @returns {[Cell, string] | undefined}
 */
function copied(sheet, from, to) {
  const source = sheet.at(...from);
  const target = sheet.at(...to);
  return source && target && source !== target ? [target, sheet.text(source)] : undefined;
}

/**
 * @param {number} n
 * @param {number} by
 */
function modulo(n, by) {
  return ((n % by) + by) % by;
}
