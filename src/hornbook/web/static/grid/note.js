/** The words beside a cell: why it is closed, why a value was refused, who else was here. */

import { place } from "./popup.js";

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./marks.js").Marks} Marks */

const WORDS = { refused: "Not saved. ", conflict: "", failed: "", theirs: "" };

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
    sheet.table.addEventListener("pointerover", (event) => this.at(event.target, true));
    sheet.table.addEventListener("pointerleave", () => this.at(document.activeElement));
    marks.addEventListener("change", () => this.at(document.activeElement));
    sheet.table.parentElement?.addEventListener("scroll", () => this.hide(), { passive: true });
    addEventListener("scroll", () => this.hide(), { passive: true });
  }

  /**
   * @param {EventTarget | null} target
   * @param {boolean} [pointed] at with the mouse, which is told what a value means too
   */
  at(target, pointed) {
    const cell =
      target instanceof Element
        ? /** @type {Cell | null} */ (target.closest("td[data-item]"))
        : null;
    // The two values that clash stand beside the cell with the choices.
    if (cell && cell === document.activeElement && this.marks.state(cell) === "conflict") return this.hide();
    const total = this.totalAt(target);
    const meaning = cell && pointed ? meaningOf(this.sheet.item(cell), this.sheet.text(cell)) : "";
    const words = cell ? this.words(cell) || meaning : (total?.title ?? "");
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

/**
 * @param {import("./sheet.js").Item} item
 * @param {string} value
 * @returns {string} what a code means, or whether a mark met the standard where it is known
 */
function meaningOf({ values, marks }, value) {
  const chosen = values.find(({ code }) => code === value);
  if (chosen) return `${chosen.code}: ${chosen.title}`;
  if (!value || !marks || marks.expected === null || !Number.isInteger(Number(value))) return "";
  const met = Number(value) >= marks.expected;
  return met ? `Met the standard: ${marks.expected} or more` : `Did not meet the standard of ${marks.expected}`;
}
