/** Colours for what the cells hold, when asked for; the code itself and a line say the same. */

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./sheet.js").Sheet} Sheet */

const KEPT = "grid-colours";

export class Tints {
  /**
   * @param {Sheet} sheet
   * @param {HTMLInputElement} box
   */
  constructor(sheet, box) {
    this.sheet = sheet;
    this.box = box;
    box.checked = localStorage.getItem(KEPT) === "yes";
    box.addEventListener("change", () => {
      localStorage.setItem(KEPT, box.checked ? "yes" : "no");
      this.show();
    });
  }

  show() {
    for (const cell of this.sheet.cells.flat()) {
      const tint = this.box.checked ? this.tint(cell) : "";
      if (tint) cell.dataset.tint = tint;
      else delete cell.dataset.tint;
    }
  }

  /**
   * @param {Cell} cell
   * @returns {string} the place of a code in its list; of a mark, whether it met the standard
   */
  tint(cell) {
    const { values, marks } = this.sheet.item(cell);
    const text = this.sheet.text(cell);
    const place = values.findIndex(({ code }) => code === text);
    if (place >= 0) return marks ? "code" : String(Math.min(place, 5));
    if (!text || !marks || marks.expected === null) return "";
    return Number(text) >= marks.expected ? "met" : "below";
  }
}
