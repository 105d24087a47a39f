/** A column's heading selects the column; a pupil's name the row; and focus makes a cell current. */

/** @typedef {import("./sheet.js").Cell} Cell */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./selection.js").Selection} Selection */

export class Headings {
  /**
   * @param {Sheet} sheet
   * @param {Selection} selection
   */
  constructor(sheet, selection) {
    this.sheet = sheet;
    this.selection = selection;
    this.codes = [...sheet.items.keys()];
    sheet.table.addEventListener("click", (event) => this.click(event.target));
    sheet.table.addEventListener("focusin", (event) =>
      this.focus(/** @type {Cell} */ (event.target)),
    );
  }

  /** @param {EventTarget | null} target */
  click(target) {
    const { sheet, selection } = this;
    const heading = target instanceof Element ? target.closest("th") : null;
    if (!heading) return;
    const column = this.codes.indexOf(heading.dataset.column ?? "");
    const row = sheet.shown.findIndex(([first]) => first.parentElement === heading.parentElement);
    if (column >= 0) selection.select(sheet.at(0, column), sheet.near(sheet.height, column));
    else if (row >= 0) selection.select(sheet.at(row, 0), sheet.near(row, sheet.width));
  }

  /** @param {Cell} cell whatever brought the focus here, a reader's own keys too */
  focus(cell) {
    if (cell !== this.selection.active && this.sheet.places.has(cell))
      this.selection.settleOn(cell);
  }
}
