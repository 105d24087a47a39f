/** What a person can do to the cells they are at: one method an action, whatever asked for it. */

import { cellCount } from "./counts.js";
import * as fill from "./fill.js";

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./selection.js").Range} Range */
/** @typedef {import("./posting.js").Source} Source */
/**
 * @typedef {object} Parts
 * @property {import("./sheet.js").Sheet} sheet
 * @property {import("./selection.js").Selection} selection
 * @property {import("./changes.js").Changes} changes
 * @property {import("./marks.js").Marks} marks
 * @property {import("./announce.js").Announcer} announcer
 */

export class Actions {
  /** @param {Parts} parts */
  constructor({ sheet, selection, changes, marks, announcer }) {
    this.sheet = sheet;
    this.selection = selection;
    this.changes = changes;
    this.marks = marks;
    this.announcer = announcer;
  }

  /**
   * Put values in cells; of cells that are closed, say why they were left.
   * @param {Source} source
   * @param {[Cell, string][]} edits
   */
  make(source, edits) {
    const { closed } = this.changes.make(source, edits);
    if (!closed.length) return;
    const why = this.why(closed[0]);
    this.announcer.say(
      closed.length === 1 ? why : `${cellCount(closed.length)} left as they were. ${why}`,
    );
  }

  /** @param {Cell} cell */
  why(cell) {
    return `${this.sheet.name(cell)}: ${this.sheet.closed(cell)}`;
  }

  /**
   * The current cell where it may be written in; else says why not.
   * @returns {Cell | undefined}
   */
  openCell() {
    const cell = this.selection.active;
    if (!cell || !this.sheet.closed(cell)) return cell;
    this.announcer.say(this.why(cell));
    return undefined;
  }

  /**
   * The same value in every selected cell. Alone on a closed cell it says why not.
   * @param {string} value
   */
  set(value) {
    this.make(
      "grid",
      this.selection.cells().map((cell) => [cell, value]),
    );
  }

  fillDown() {
    this.make("grid", fill.down(this.sheet, this.selection.range()));
  }

  fillRight() {
    this.make("grid", fill.right(this.sheet, this.selection.range()));
  }

  /** @param {Range} from what the fill handle was dragged from, to the selection now */
  fillOver(from) {
    this.make("grid", fill.over(this.sheet, from, this.selection.range()));
  }

  undo() {
    this.show(this.changes.undo());
  }

  redo() {
    this.show(this.changes.redo());
  }

  /** @param {Cell[]} cells after undo or redo: go where it happened */
  show(cells) {
    const first = cells.find((cell) => this.sheet.places.has(cell));
    if (first) this.selection.moveTo(first);
  }

  /** Give up a value that was not saved, else the selection. */
  escape() {
    const { active } = this.selection;
    if (active && !this.changes.giveUp(active)) this.selection.moveTo(active);
  }

  /**
   * Click to change: the next code of a column that has codes alone.
   * @param {Cell} cell
   */
  cycle(cell) {
    const { marks, values } = this.sheet.item(cell);
    if (marks || !this.openCell()) return;
    const codes = ["", ...values.map(({ code }) => code)];
    const next = codes[(codes.indexOf(this.sheet.text(cell)) + 1) % codes.length];
    this.make("grid", [[cell, next]]);
  }

  /**
   * @param {Cell} cell
   * @returns {Cell | undefined} the next open cell down the column, now the current one
   */
  below(cell) {
    const { row, column } = this.sheet.place(cell);
    const under = this.sheet.shown.slice(row + 1).map((cells) => cells[column]);
    const next = under.find((one) => !this.sheet.closed(one));
    this.selection.moveTo(next);
    return next;
  }
}
