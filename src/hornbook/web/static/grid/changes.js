/** What a person does to cells: shows the new value at once, sends it, and can take it back. */

import { cellCount } from "./counts.js";

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./saving.js").Saver} Saver */
/** @typedef {import("./posting.js").Source} Source */
/** @typedef {import("./history.js").History} History */
/** @typedef {import("./marks.js").Marks} Marks */
/** @typedef {import("./announce.js").Announcer} Announcer */

export class Changes extends EventTarget {
  /**
   * @param {{sheet: Sheet, saver: Saver, history: History, marks: Marks, announcer: Announcer}} parts
   */
  constructor({ sheet, saver, history, marks, announcer }) {
    super();
    this.sheet = sheet;
    this.saver = saver;
    this.history = history;
    this.marks = marks;
    this.announcer = announcer;
  }

  /**
   * Put values in cells, as one step that can be undone. Closed cells are left.
   * @param {Source} source
   * @param {Iterable<[Cell, string]>} wanted
   * @returns {{closed: Cell[]}} the cells that were left
   */
  make(source, wanted) {
    const edits = [...wanted].map(
      ([cell, value]) => /** @type {[Cell, string]} */ ([cell, value.trim()]),
    );
    const beside = new Map(edits);
    const isClosed = (/** @type {Cell} */ cell) => Boolean(this.sheet.closed(cell, beside));
    const closed = edits.map(([cell]) => cell).filter(isClosed);
    const open = edits.filter(([cell]) => !isClosed(cell));
    const fresh = open.filter(([cell, value]) => this.sheet.text(cell) !== value);
    // The same value again is another try: a grid that was locked may be open now.
    const again = open.filter(([cell, value]) => this.sheet.text(cell) === value && this.marks.state(cell) === "refused");
    this.history.push(
      fresh.map(([cell, after]) => ({ cell, before: this.sheet.text(cell), after })),
    );
    this.put(source, [...fresh, ...again]);
    return { closed };
  }

  /** @returns {Cell[]} the cells put back */
  undo() {
    for (let step = this.history.back(); step; step = this.history.back()) {
      const cells = this.replay(
        step.map(({ cell, before, after }) => ({ cell, from: after, to: before })),
      );
      if (cells.length) return cells;
    }
    this.announcer.say("There is nothing to undo.");
    return [];
  }

  /** @returns {Cell[]} the cells done again */
  redo() {
    for (let step = this.history.forward(); step; step = this.history.forward()) {
      const cells = this.replay(
        step.map(({ cell, before, after }) => ({ cell, from: before, to: after })),
      );
      if (cells.length) return cells;
    }
    this.announcer.say("There is nothing to do again.");
    return [];
  }

  /**
   * Undo touches only cells that still show what the step left: never another's entry. What
   * stood comes back in a cell that its being cleared has closed; the server knows that it stood.
   * @param {{cell: Cell, from: string, to: string}[]} moves
   */
  replay(moves) {
    const mine = moves.filter(
      ({ cell, from }) => this.sheet.text(cell) === from && !this.sheet.lockOf(cell),
    );
    const left = moves.length - mine.length;
    if (left) this.announcer.say(`${cellCount(left)} left alone: changed or locked since.`);
    const edits = mine.map(
      ({ cell, to }) => /** @type {[Cell, string]} */ ([cell, this.unclash(cell, to)]),
    );
    this.put("undo", edits);
    return mine.map(({ cell }) => cell);
  }

  /**
   * A clash is taken back to what the other person entered.
   * @param {Cell} cell
   * @param {string} value
   */
  unclash(cell, value) {
    return this.marks.state(cell) === "conflict" ? this.sheet.holds(cell) : value;
  }

  /**
   * @param {Source} source
   * @param {[Cell, string][]} edits
   */
  put(source, edits) {
    const send = new Map();
    for (const [cell, value] of edits) {
      this.sheet.write(cell, value);
      if (value === this.sheet.holds(cell) && !this.saver.pending(cell)) {
        this.marks.clear(cell);
      } else {
        this.marks.set(cell, "saving");
        send.set(cell, value);
      }
    }
    if (send.size) this.saver.add(source, send);
    this.showWanted(edits.map(([cell]) => cell));
    this.changed();
  }

  /** @param {(Cell | undefined)[]} cells of pupils whose other cells may be wanted now, or no longer */
  showWanted(cells) {
    const pupils = cells.map((cell) => cell && this.sheet.pupil(cell));
    const struck = [...new Set(pupils)].flatMap((pupil) => (pupil ? this.sheet.showWanted(pupil) : []));
    for (const cell of struck)
      this.announcer.say(`${this.sheet.name(cell)}: ${this.sheet.text(cell)} is struck through. ${cell.dataset.aside}`);
  }

  /**
   * Give up a value that was not saved.
   * @param {Cell} cell
   * @returns {boolean} whether there was one
   */
  giveUp(cell) {
    if (!this.marks.isWrong(cell)) return false;
    this.put("grid", [[cell, this.sheet.holds(cell)]]);
    this.announcer.say(`${this.sheet.name(cell)}: ${this.sheet.holds(cell) || "blank"}.`);
    return true;
  }

  /** @param {Cell[]} cells whose value was not taken: over what another put there, which is now known, or once a lock has gone */
  sendAgain(cells) {
    for (const cell of cells) this.marks.set(cell, "saving");
    this.saver.add("grid", new Map(cells.map((cell) => [cell, this.sheet.text(cell)])));
    this.changed();
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }
}
