/** The words beside a cell: why it is closed, why a value was refused, who else was here. */

import { place } from "./popup.js";

/** @typedef {import("./sheet.js").Cell} Cell */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./marks.js").Marks} Marks */

const WORDS = { refused: "Not saved. ", conflict: "", failed: "", closed: "Not saved. ", theirs: "" };

export class Note {
  /**
   * @param {HTMLElement} box
   * @param {{sheet: Sheet, marks: Marks}} parts
   */
  constructor(box, { sheet, marks }) {
    this.box = box;
    this.sheet = sheet;
    this.marks = marks;
    /** @type {Cell | undefined} */
    this.cell = undefined;
    sheet.table.addEventListener("focusin", (event) => this.at(event.target));
    sheet.table.addEventListener("focusout", () => this.hide());
    sheet.table.addEventListener("pointerover", (event) => this.at(event.target));
    sheet.table.addEventListener("pointerleave", () => this.at(document.activeElement));
    marks.addEventListener("change", () => this.at(document.activeElement));
    sheet.table.parentElement?.addEventListener("scroll", () => this.hide(), { passive: true });
  }

  /** @param {EventTarget | null} target */
  at(target) {
    const cell =
      target instanceof Element
        ? /** @type {Cell | null} */ (target.closest("td[data-item]"))
        : null;
    const words = cell ? this.words(cell) : "";
    if (!cell || !words) return this.hide();
    this.box.textContent = words;
    place(this.box, cell.getBoundingClientRect());
  }

  /** @param {Cell} cell */
  words(cell) {
    const why = this.marks.why.get(cell);
    if (why === undefined) return cell.dataset.closed ?? "";
    return WORDS[/** @type {keyof typeof WORDS} */ (this.marks.state(cell))] + why;
  }

  hide() {
    this.box.hidden = true;
  }
}
