/**
 * What a person does to cells, and what became of it: shows the new value at once, sends
 * it, and settles each cell when the server has answered.
 */

/** @typedef {import("./sheet.js").Cell} Cell */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./saving.js").Saver} Saver */
/** @typedef {import("./saving.js").Source} Source */
/** @typedef {import("./saving.js").Answer} Answer */
/** @typedef {import("./saving.js").CellAnswer} CellAnswer */
/** @typedef {import("./history.js").History} History */
/** @typedef {import("./history.js").Change} Change */
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
    saver.addEventListener("answer", (event) => {
      const { batch, answer } = /** @type {CustomEvent} */ (event).detail;
      this.settle(batch, answer);
    });
    saver.addEventListener("failed", () => this.markUnsaved());
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

  /**
   * @param {import("./saving.js").Batch} batch
   * @param {Answer} answer
   */
  settle(batch, answer) {
    for (const cellAnswer of answer.cells) this.settleCell(batch, cellAnswer);
    for (const { pupil, item, reason, aside } of answer.closed) {
      const cell = this.sheet.find(pupil, item);
      if (cell) this.sheet.close(cell, reason, aside);
    }
    this.showWanted(answer.cells.map(({ pupil, item }) => this.sheet.find(pupil, item)));
    this.dispatchEvent(new CustomEvent("missing", { detail: answer.missing }));
    this.announcer.say(this.outcome(answer.cells));
    this.changed();
  }

  /**
   * @param {import("./saving.js").Batch} batch
   * @param {CellAnswer} answer
   */
  settleCell(batch, answer) {
    const cell = this.sheet.find(answer.pupil, answer.item);
    if (!cell) return;
    const taken = answer.state === "saved" || answer.state === "same";
    cell.dataset.version = String(answer.version ?? "");
    if (taken) {
      this.sheet.held.set(cell, answer.value);
      this.history.respell(cell, batch.values.get(cell) ?? answer.value, answer.value);
    } else if (answer.state === "conflict") {
      this.sheet.held.set(cell, answer.theirs ?? "");
    }
    // A newer value is already on its way: its own answer will settle the cell.
    if (this.saver.pending(cell)) return;
    if (taken) this.sheet.write(cell, answer.value);
    // What was typed stays where it is refused: somebody may have locked the grid meanwhile.
    this.marks.set(cell, taken ? "saved" : answer.state === "conflict" ? "conflict" : "refused", this.reason(answer));
  }

  /** @param {CellAnswer} answer */
  reason(answer) {
    return answer.state === "conflict" ? clash(answer) : (answer.reason ?? "");
  }

  /** @param {CellAnswer[]} answers */
  outcome(answers) {
    const bad = answers.filter(({ state }) => !["saved", "same"].includes(state));
    const good = answers.length - bad.length;
    const parts = [];
    if (good === 1 && answers.length === 1) parts.push(`${this.describe(answers[0])}, saved.`);
    else if (good) parts.push(`${cellCount(good)} saved.`);
    if (bad.length)
      parts.push(
        `${cellCount(bad.length)} not saved. ${this.describe(bad[0])}. ${this.reason(bad[0])}`,
      );
    return parts.join(" ");
  }

  /** @param {{pupil: number, item: string, value: string}} answer */
  describe(answer) {
    const cell = this.sheet.find(answer.pupil, answer.item);
    return `${cell ? this.sheet.name(cell) : ""}: ${answer.value || "blank"}`;
  }

  /**
   * Another person's value, from the server: shown, unless this person's own stands unsaved.
   * @param {Cell} cell
   * @param {import("./live.js").Entered} entered
   */
  theirs(cell, { value, version, by, at }) {
    const mine = this.sheet.text(cell);
    const unsaved = this.marks.isWrong(cell);
    this.sheet.held.set(cell, value);
    cell.dataset.version = String(version);
    if (!unsaved) this.sheet.write(cell, value);
    if (!unsaved) this.marks.set(cell, "theirs", `${by} put ${value || "a blank"} here at ${at}.`);
    else if (mine !== value) this.marks.set(cell, "conflict", clash({ by, at, theirs: value, value: mine }));
  }

  /** @param {import("./live.js").Entered[]} entered what others have entered, to be said */
  told(entered) {
    const people = [...new Set(entered.map(({ by }) => by))].join(", ");
    const [first] = entered;
    const what = entered.length === 1 ? this.describe(first) : cellCount(entered.length);
    this.announcer.say(`${people} entered ${what}.`);
    this.changed();
  }

  /** The network or the server failed: what waits is marked so. */
  markUnsaved() {
    const { trouble } = this.saver;
    for (const cell of this.saver.waiting()) {
      this.marks.set(cell, "failed", `Not saved yet. ${trouble?.message ?? ""}`);
    }
    this.announcer.say(`Not saved. ${trouble?.message ?? ""}`);
    this.changed();
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/** @param {{by?: string, at?: string, theirs?: string, value: string}} two */
function clash({ by, at, theirs, value }) {
  const when = at ? ` at ${at}` : "";
  return `${by || "Somebody else"} put ${theirs || "a blank"} here${when}. You put ${value || "a blank"}.`;
}

/** @param {number} count */
export function cellCount(count) {
  return count === 1 ? "1 cell" : `${count} cells`;
}

/** @param {number} count */
export function valueCount(count) {
  return count === 1 ? "1 value" : `${count} values`;
}
