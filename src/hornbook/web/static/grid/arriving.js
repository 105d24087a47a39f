/** What arrives at the cells from the server: answers to saves, none at all, and what others entered. */

import { cellCount } from "./counts.js";
import { becomesOf, clash, settle } from "./settling.js";

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./posting.js").Answer} Answer */
/** @typedef {import("./posting.js").CellAnswer} CellAnswer */
/** @typedef {import("./live.js").Entered} Entered */

export class Arriving extends EventTarget {
  /** @param {import("./changes.js").Changes} changes */
  constructor(changes) {
    super();
    const { sheet, saver, history, marks, announcer } = changes;
    this.changes = changes;
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
   * @param {import("./posting.js").Batch} batch
   * @param {Answer} answer
   */
  settle(batch, { cells, closed, missing }) {
    settle(cells, {
      find: (pupil, item) => this.sheet.find(pupil, item),
      newer: (cell) => this.saver.pending(cell),
      learn: (cell, { state, holds }, { version }) => {
        cell.dataset.version = String(version ?? "");
        if (holds === undefined) return;
        this.sheet.held.set(cell, holds);
        if (state === "saved") this.history.respell(cell, batch.values.get(cell) ?? holds, holds);
      },
      settle: (cell, { state, why }, { value }) => {
        // What was typed stays where it is refused: somebody may have locked the grid meanwhile.
        if (state === "saved") this.sheet.write(cell, value);
        this.marks.set(cell, state, why);
      },
    });
    this.sheet.closeAll(closed);
    this.changes.showWanted(cells.map(({ pupil, item }) => this.sheet.find(pupil, item)));
    this.dispatchEvent(new CustomEvent("missing", { detail: missing }));
    this.announcer.say(this.outcome(cells));
    this.changes.changed();
  }

  /** @param {CellAnswer[]} answers */
  outcome(answers) {
    const bad = answers.filter((answer) => becomesOf(answer).state !== "saved");
    const good = answers.length - bad.length;
    const parts = [];
    if (good === 1 && answers.length === 1) parts.push(`${this.describe(answers[0])}, saved.`);
    else if (good) parts.push(`${cellCount(good)} saved.`);
    if (bad.length)
      parts.push(
        `${cellCount(bad.length)} not saved. ${this.describe(bad[0])}. ${becomesOf(bad[0]).why}`,
      );
    return parts.join(" ");
  }

  /** @param {{pupil: number, item: string, value: string}} answer */
  describe(answer) {
    const cell = this.sheet.find(answer.pupil, answer.item);
    return `${cell ? this.sheet.name(cell) : ""}: ${answer.value || "blank"}`;
  }

  /** The network or the server failed: what waits is marked so. */
  markUnsaved() {
    const { trouble } = this.saver;
    for (const cell of this.saver.waiting()) {
      this.marks.set(cell, "failed", `Not saved yet. ${trouble?.message ?? ""}`);
    }
    this.announcer.say(`Not saved. ${trouble?.message ?? ""}`);
    this.changes.changed();
  }

  /**
   * Another person's value, from the server: shown, unless this person's own stands unsaved.
   * @param {Cell} cell
   * @param {Entered} entered
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

  /** @param {Entered[]} entered what others have entered, to be said */
  told(entered) {
    const people = [...new Set(entered.map(({ by }) => by))].join(", ");
    const [first] = entered;
    const what = entered.length === 1 ? this.describe(first) : cellCount(entered.length);
    this.announcer.say(`${people} entered ${what}.`);
    this.changes.changed();
  }
}
