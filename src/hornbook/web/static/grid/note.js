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
    const total = this.totalAt(target);
    const words = cell ? this.words(cell) : (total?.title ?? "");
    const beside = cell ?? total;
    if (!beside || !words) return this.hide();
    this.box.textContent = words;
    place(this.box, beside.getBoundingClientRect());
  }

  /**
   * @param {EventTarget | null} target
   * @returns {HTMLElement | null} a total that has the focus; the mouse has the browser's own words
   */
  totalAt(target) {
    const total = target instanceof HTMLElement && target.matches("[data-total]") ? target : null;
    return total === document.activeElement ? total : null;
  }

  /** @param {Cell} cell */
  words(cell) {
    const why = this.marks.why.get(cell);
    if (why === undefined) return cell.dataset.closed ?? cell.dataset.aside ?? cell.ariaDescription ?? "";
    return WORDS[/** @type {keyof typeof WORDS} */ (this.marks.state(cell))] + why;
  }

  hide() {
    this.box.hidden = true;
  }
}
