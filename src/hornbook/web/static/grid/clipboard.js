/** Cells as tab-separated text, the way spreadsheets put them on the clipboard, and back. */

import { addressed } from "./addressed.js";
import { cellCount } from "./counts.js";

/** @typedef {import("./cells.js").Cell} Cell */
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
  return value.startsWith(QUOTE) && value.length > 1
    ? value.slice(1, -1).replaceAll(QUOTE + QUOTE, QUOTE)
    : value;
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

/** The browser's copy, cut and paste, where a cell of the grid has the focus. */
export class Clipboard {
  /**
   * @param {import("./actions.js").Actions} actions
   * @param {import("./pasting.js").Pasting} pasting
   */
  constructor(actions, pasting) {
    this.actions = actions;
    this.pasting = pasting;
    this.named = false;
    document.addEventListener("copy", (event) => this.copy(event));
    document.addEventListener("cut", (event) => this.cut(event));
    document.addEventListener("paste", (event) => this.paste(event));
  }

  /** Whether the keys are meant for the grid, not for a box on the page. */
  get ours() {
    const { active } = this.actions.selection;
    return active !== undefined && document.activeElement === active;
  }

  /** @param {ClipboardEvent} event */
  copy(event) {
    if (!this.ours) return;
    const { sheet, selection, announcer } = this.actions;
    const block = this.named ? this.wide() : selection.block();
    const values = block.map((row) => row.map((cell) => sheet.text(cell)));
    const rows = this.named ? this.withNames(block, values) : values;
    event.clipboardData?.setData("text/plain", toText(rows));
    event.preventDefault();
    announcer.say(`${cellCount(block.flat().length)} copied.`);
  }

  /** The cells selected, all that are shown where it is one, with whose and what they are. */
  copyWithNames() {
    this.named = true;
    // The event of copying is the one way to the clipboard that every school's network allows.
    document.execCommand("copy");
    this.named = false;
  }

  /** @returns {Cell[][]} */
  wide() {
    const block = this.actions.selection.block();
    return block.flat().length === 1 ? this.actions.sheet.shown : block;
  }

  /**
   * @param {Cell[][]} block
   * @param {string[][]} values
   */
  withNames(block, values) {
    const { sheet } = this.actions;
    const pupils = block.map(([cell]) => sheet.pupil(cell));
    const titles = block[0].map((cell) => sheet.item(cell).title);
    const rows = values.map((row, at) => [pupils[at].upn, pupils[at].name, pupils[at].class, ...row]);
    return [["UPN", "Pupil", "Class", ...titles], ...rows];
  }

  /** @param {ClipboardEvent} event */
  cut(event) {
    if (!this.ours) return;
    this.copy(event);
    this.actions.set("");
  }

  /** @param {ClipboardEvent} event */
  paste(event) {
    const text = event.clipboardData?.getData("text/plain");
    if (!this.ours || !text) return;
    event.preventDefault();
    const { sheet, selection } = this.actions;
    const rows = fromText(text);
    const itself = addressed(sheet, selection.range(), rows);
    if (itself) return void this.pasting.pasteAddressed(itself);
    const { edits, beyond } = lay(sheet, selection.range(), rows);
    selection.select(edits[0]?.[0], edits[edits.length - 1]?.[0]);
    void this.pasting.paste(edits, beyond);
  }
}
