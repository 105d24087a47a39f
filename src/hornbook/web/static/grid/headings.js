/** Headings: a click selects the column or the pupil's row, the arrow opens what fills and sorts it; by keys too. */

import { element } from "./popup.js";

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./selection.js").Selection} Selection */
/** @typedef {import("./entry.js").Beside} Beside */
/**
 * @typedef {object} Does
 * @property {(beside: Beside) => void} names
 * @property {(column: number, beside: Beside) => void} column
 * @property {(cell: Cell, beside: Beside) => void} row
 */

const PUPILS = "thead .grid-name, thead .grid-class";
const OVER = `${PUPILS}, thead [data-column]`;
const OPENS = new Set(["Enter", " ", "ContextMenu", "F10", "ArrowDown"]);

export class Headings {
  /**
   * @param {Sheet} sheet
   * @param {Selection} selection
   * @param {Does} does opens the menu of a column or a row
   */
  constructor(sheet, selection, does) {
    this.sheet = sheet;
    this.selection = selection;
    this.does = does;
    this.codes = [...sheet.items.keys()];
    for (const heading of sheet.table.querySelectorAll(`${OVER}, tbody th`)) heading.append(opener());
    /** @type {HTMLElement[]} */
    this.over = [...sheet.table.querySelectorAll(OVER)].map((heading) => /** @type {HTMLElement} */ (heading));
    for (const heading of this.over) {
      heading.tabIndex = -1;
      heading.addEventListener("keydown", (event) => this.key(event, heading));
    }
    sheet.table.addEventListener("click", (event) => this.click(event.target));
    sheet.table.addEventListener("contextmenu", (event) => this.context(event));
    sheet.table.addEventListener("focusin", (event) =>
      this.focus(/** @type {Cell} */ (event.target)),
    );
  }

  /**
   * Left and right along the headings, down into the column; the menu as in a cell.
   * @param {KeyboardEvent} event
   * @param {HTMLElement} heading
   */
  key(event, heading) {
    if (event.key === "Tab") return;
    event.stopPropagation();
    const at = this.over.indexOf(heading);
    const { column } = this.place(heading);
    const steps = { ArrowRight: this.over[at + 1], ArrowLeft: this.over[at - 1] };
    const next = steps[/** @type {keyof typeof steps} */ (event.key)];
    if (next) next.focus();
    else if (event.key === "ArrowDown" && !event.altKey) this.selection.moveTo(this.sheet.near(0, Math.max(0, column)));
    else if (OPENS.has(event.key)) this.open(heading);
    else return;
    event.preventDefault();
  }

  /** @param {HTMLElement} heading */
  open(heading) {
    this.select(heading);
    this.menu(heading, heading.getBoundingClientRect());
  }

  /** @param {EventTarget | null} target */
  click(target) {
    const heading = target instanceof Element ? target.closest("th") : null;
    if (!heading || !(this.select(heading) || this.ofPupils(heading))) return;
    if (target instanceof Element && target.closest(".grid-filler"))
      this.menu(heading, heading.getBoundingClientRect());
  }

  /** @param {MouseEvent} event */
  context(event) {
    const heading = event.target instanceof Element ? event.target.closest("th") : null;
    if (!heading || !this.select(heading)) return;
    event.preventDefault();
    const { clientX: left, clientY: top } = event;
    this.menu(heading, { left, top, bottom: top });
  }

  /**
   * @param {HTMLElement} heading
   * @returns {boolean} whether there is anything to select
   */
  select(heading) {
    const { sheet, selection } = this;
    const { row, column } = this.place(heading);
    if (!sheet.height) return false;
    const box = /** @type {HTMLElement} */ (sheet.table.parentElement);
    const { scrollTop, scrollLeft } = box;
    if (column >= 0) selection.select(sheet.at(0, column), sheet.near(sheet.height, column));
    else if (row >= 0) selection.select(sheet.at(row, 0), sheet.near(row, sheet.width));
    // Who clicks a heading has not asked to be taken to the far end of it.
    box.scrollTo(scrollLeft, scrollTop);
    return column >= 0 || row >= 0;
  }

  /**
   * @param {HTMLElement} heading
   * @param {Beside} beside
   */
  menu(heading, beside) {
    const { row, column } = this.place(heading);
    const cell = this.sheet.at(row, 0);
    if (this.ofPupils(heading)) this.does.names(beside);
    else if (column >= 0) this.does.column(column, beside);
    else if (cell) this.does.row(cell, beside);
  }

  /** @param {HTMLElement} heading */
  ofPupils(heading) {
    return heading.matches(PUPILS);
  }

  /** @param {HTMLElement} heading */
  place(heading) {
    return {
      column: this.codes.indexOf(heading.dataset.column ?? ""),
      row: this.sheet.shown.findIndex(([first]) => first.parentElement === heading.parentElement),
    };
  }

  /** @param {Cell} cell whatever brought the focus here, a reader's own keys too */
  focus(cell) {
    if (cell !== this.selection.active && this.sheet.places.has(cell))
      this.selection.settleOn(cell);
  }
}

/** For the mouse and the finger; the menu key in a cell does the same. */
function opener() {
  return element("span", { class: "grid-filler", "aria-hidden": "true", title: "Fill, sort" });
}
