/** The list of a cell's codes with their plain meanings; it can walk down the class. */

import { Options } from "./options.js";
import { element, place } from "./popup.js";

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./sheet.js").Choice} Choice */

export class PickList {
  /**
   * @param {HTMLElement} home where in the page it belongs
   * @param {Sheet} sheet
   * @param {{pick: (cell: Cell, code: string) => void, below: (cell: Cell) => Cell | undefined, leave: () => void}} does
   */
  constructor(home, sheet, does) {
    this.sheet = sheet;
    this.does = does;
    /** @type {Cell | undefined} */
    this.cell = undefined;
    this.heading = element("p", { class: "grid-popup__heading", id: "grid-pick-heading" });
    this.list = element("ul", {
      role: "listbox",
      tabindex: "-1",
      "aria-labelledby": "grid-pick-heading",
    });
    this.range = element("p", { class: "grid-popup__note" });
    this.walk = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox" }));
    const walk = element(
      "label",
      { class: "grid-popup__walk" },
      this.walk,
      " Stay open and go down the class",
    );
    this.box = element(
      "div",
      { class: "grid-popup", hidden: "" },
      this.heading,
      this.list,
      this.range,
      walk,
    );
    home.append(this.box);
    this.options = new Options([], () => {});
    this.box.addEventListener("keydown", (event) => this.key(event));
    this.box.addEventListener("focusout", (event) => this.left(event));
    // Ticked or not, the keys go on in the list.
    this.walk.addEventListener("change", () => this.list.focus());
    this.list.addEventListener("click", (event) => this.click(event));
  }

  /** @param {Cell} cell */
  open(cell) {
    const item = this.sheet.item(cell);
    this.cell = cell;
    this.heading.textContent = this.sheet.name(cell);
    this.range.textContent = item.marks
      ? `Or type a ${item.marks.lowest ? "score" : "mark"} from ${item.marks.lowest} to ${item.marks.highest}.`
      : "";
    const choices = [...item.values, { code: "", title: "Leave blank" }];
    const rows = choices.map((choice, index) => optionOf(choice, index));
    this.list.replaceChildren(...rows);
    this.options = new Options(rows, (option) => this.show(option));
    place(this.box, cell.getBoundingClientRect());
    this.list.focus();
    this.options.go(
      Math.max(
        0,
        item.values.findIndex(({ code }) => code === this.sheet.text(cell)),
      ),
    );
  }

  /** @param {HTMLElement} option */
  show(option) {
    for (const other of this.options.options)
      other.setAttribute("aria-selected", String(other === option));
    this.list.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "Escape") this.close();
    else if (event.key === "Tab") this.other(event.target).focus();
    else if (event.target === this.walk && event.key === " ") return;
    else if (event.key === "Enter" || event.key === " ") this.pick();
    else if (!this.options.key(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /**
   * @param {EventTarget | null} one
   * @returns {HTMLElement} the other of the two that Tab goes between
   */
  other(one) {
    return one === this.walk ? this.list : this.walk;
  }

  /** @param {MouseEvent} event */
  click(event) {
    const option = event.target instanceof Element ? event.target.closest("[role=option]") : null;
    if (!(option instanceof HTMLElement)) return;
    this.options.go(this.options.options.indexOf(option));
    this.pick();
  }

  pick() {
    const cell = this.cell;
    const code = this.options.current?.dataset.code ?? "";
    this.close();
    if (!cell) return;
    this.does.pick(cell, code);
    const next = this.walk.checked ? this.does.below(cell) : undefined;
    if (next) this.open(next);
  }

  /** @param {FocusEvent} event */
  left(event) {
    if (!(event.relatedTarget instanceof Node && this.box.contains(event.relatedTarget)))
      this.hide();
  }

  /** What it offers may hold no longer. */
  dismiss() {
    if (!this.box.hidden) this.close();
  }

  /** Close, and go back to the cell. */
  close() {
    this.hide();
    this.does.leave();
  }

  hide() {
    this.cell = undefined;
    this.box.hidden = true;
  }
}

/**
 * @param {Choice} choice
 * @param {number} index
 */
function optionOf({ code, title }, index) {
  const attributes = {
    role: "option",
    id: `grid-pick-${index}`,
    "data-code": code,
    "data-typed": code,
  };
  return element("li", attributes, element("b", {}, code || "–"), element("span", {}, title));
}
