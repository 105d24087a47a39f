/** How each cell stands: being saved, saved, not saved, refused, or changed by another. */

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {"" | "saving" | "saved" | "failed" | "refused" | "conflict" | "theirs"} State */

const TROUBLE = new Set(["failed", "refused", "conflict", "theirs"]);
const WRONG = new Set(["refused", "conflict"]);

export class Marks extends EventTarget {
  /** @param {HTMLElement} reasons where the reasons are kept for screen readers */
  constructor(reasons) {
    super();
    this.reasons = reasons;
    /** @type {Map<Cell, string>} why each troubled cell is so */
    this.why = new Map();
  }

  /**
   * @param {Cell} cell
   * @returns {State}
   */
  state(cell) {
    return /** @type {State} */ (cell.dataset.state ?? "");
  }

  /**
   * @param {Cell} cell
   * @param {State} state
   * @param {string} [reason]
   */
  set(cell, state, reason = "") {
    cell.dataset.state = state;
    if (WRONG.has(state)) cell.setAttribute("aria-invalid", "true");
    else cell.removeAttribute("aria-invalid");
    if (TROUBLE.has(state)) this.explain(cell, reason);
    else this.unexplain(cell);
  }

  /** @param {Cell} cell */
  clear(cell) {
    delete cell.dataset.state;
    cell.removeAttribute("aria-invalid");
    this.unexplain(cell);
  }

  /**
   * @param {Cell} cell
   * @param {string} reason
   */
  explain(cell, reason) {
    const id = `why-${cell.id}`;
    let words = document.getElementById(id);
    if (!words) {
      words = document.createElement("p");
      words.id = id;
      this.reasons.append(words);
    }
    words.textContent = reason;
    cell.setAttribute("aria-describedby", id);
    this.why.set(cell, reason);
    this.changed();
  }

  /** @param {Cell} cell */
  unexplain(cell) {
    if (!this.why.delete(cell)) return;
    document.getElementById(`why-${cell.id}`)?.remove();
    cell.removeAttribute("aria-describedby");
    this.changed();
  }

  /** @param {Cell} cell whether its value was not taken */
  isWrong(cell) {
    return WRONG.has(this.state(cell));
  }

  /** @returns {Cell[]} cells whose value was not taken, first to last on the page */
  wrong() {
    return [...this.why.keys()]
      .filter((cell) => this.isWrong(cell))
      .sort((a, b) => (a.compareDocumentPosition(b) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
  }

  /** One event for any number of changes made together. */
  changed() {
    if (this.told) return;
    this.told = true;
    queueMicrotask(() => {
      this.told = false;
      this.dispatchEvent(new Event("change"));
    });
  }
}
