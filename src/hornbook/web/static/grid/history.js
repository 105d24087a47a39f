/** Steps that can be undone and done again; one action of a person's is one step. */

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {{cell: Cell, before: string, after: string}} Change */

const KEPT = 200;

export class History {
  constructor() {
    /** @type {Change[][]} */
    this.done = [];
    /** @type {Change[][]} */
    this.undone = [];
  }

  /** @param {Change[]} step */
  push(step) {
    if (!step.length) return;
    this.done.push(step);
    if (this.done.length > KEPT) this.done.shift();
    this.undone = [];
  }

  /** @returns {Change[] | undefined} the step to take back */
  back() {
    const step = this.done.pop();
    if (step) this.undone.push(step);
    return step;
  }

  /** @returns {Change[] | undefined} the step to do again */
  forward() {
    const step = this.undone.pop();
    if (step) this.done.push(step);
    return step;
  }

  /**
   * The server spelt a value in its own way: remember it so.
   * @param {Cell} cell
   * @param {string} typed
   * @param {string} normal
   */
  respell(cell, typed, normal) {
    if (typed === normal) return;
    for (const change of [...this.done, ...this.undone].flat()) {
      if (change.cell !== cell) continue;
      if (change.after === typed) change.after = normal;
      if (change.before === typed) change.before = normal;
    }
  }
}
