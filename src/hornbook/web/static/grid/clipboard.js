/** Cells as tab-separated text, the way spreadsheets put them on the clipboard, and back. */

/** @typedef {import("./sheet.js").Cell} Cell */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./selection.js").Range} Range */

const QUOTE = '"';

/**
 * @param {string[][]} rows
 * @returns {string}
 */
export function toText(rows) {
  return rows.map((row) => row.map(quoted).join("\t")).join("\r\n");
}

/** @param {string} value */
function quoted(value) {
  return /[\t\r\n"]/.test(value) ? QUOTE + value.replaceAll(QUOTE, QUOTE + QUOTE) + QUOTE : value;
}

/**
 * Reads what a spreadsheet copied: any line ends, quoted cells, a trailing line.
 * @param {string} text
 * @returns {string[][]}
 */
export function fromText(text) {
  const cells = /("(?:[^"]|"")*"|[^\t\r\n]*)(\t|\r\n|\r|\n|$)/gy;
  /** @type {string[][]} */
  const rows = [[]];
  for (const [, value, end] of text.matchAll(cells)) {
    rows[rows.length - 1].push(unquoted(value));
    if (end === "") break;
    if (end !== "\t") rows.push([]);
  }
  const last = rows[rows.length - 1];
  if (rows.length > 1 && last.join("") === "") rows.pop();
  return rows;
}

/** @param {string} value */
function unquoted(value) {
  return value.startsWith(QUOTE) && value.length > 1 ? value.slice(1, -1).replaceAll(QUOTE + QUOTE, QUOTE) : value;
}

/**
 * Lay a copied block on the selection: one value fills it all, a block that fits a number
 * of times is repeated, anything else goes down once from the first corner.
 * @param {Sheet} sheet
 * @param {Range} range
 * @param {string[][]} rows
 * @returns {{edits: [Cell, string][], beyond: number}} and how many values fell outside
 */
export function lay(sheet, range, rows) {
  const width = Math.max(...rows.map((row) => row.length));
  const { down, across } = repeats(range, rows.length, width);
  /** @type {[Cell, string][]} */
  const edits = [];
  let beyond = 0;
  for (let r = 0; r < rows.length * down; r += 1) {
    for (let c = 0; c < width * across; c += 1) {
      const value = rows[r % rows.length][c % width];
      if (value === undefined) continue;
      const cell = sheet.at(range.top + r, range.left + c);
      if (cell) edits.push([cell, value]);
      else beyond += 1;
    }
  }
  return { edits, beyond };
}

/**
 * @param {Range} range
 * @param {number} height
 * @param {number} width
 */
function repeats(range, height, width) {
  const down = (range.bottom - range.top + 1) / height;
  const across = (range.right - range.left + 1) / width;
  const whole = Number.isInteger(down) && Number.isInteger(across);
  return whole ? { down, across } : { down: 1, across: 1 };
}
