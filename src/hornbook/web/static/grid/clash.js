/** Beside a cell that two people filled in: both values, and the two ways out. */

import { Options } from "./options.js";
import { element, place } from "./popup.js";
import { choicesFor } from "./status.js";

/** @typedef {import("./cells.js").Cell} Cell */

const BY_KEYS = "Alt and ↓ to choose";

export class Clash {
  /**
   * @param {HTMLElement} home where in the page it belongs
   * @param {{actions: import("./actions.js").Actions, leave: () => void}} parts leave gives the focus back
   */
  constructor(home, { actions, leave }) {
    this.actions = actions;
    this.leave = leave;
    this.box = element("div", { class: "grid-popup grid-clash", role: "group", hidden: "" });
    home.append(this.box);
    this.options = new Options([], (button) => button.focus());
    const { table } = actions.sheet;
    table.addEventListener("focusin", () => this.show());
    table.addEventListener("focusout", (event) => this.left(event));
    this.box.addEventListener("focusout", (event) => this.left(event));
    this.box.addEventListener("keydown", (event) => this.key(event));
    actions.marks.addEventListener("change", () => this.show());
    for (const scrolled of [window, table.parentElement])
      scrolled?.addEventListener("scroll", () => this.show(), { passive: true });
  }

  /** @returns {Cell | undefined} the current cell, where it clashes */
  get cell() {
    const { active } = this.actions.selection;
    return active && this.actions.marks.state(active) === "conflict" ? active : undefined;
  }

  /** Shown while the cell, or one of the choices, has the focus. */
  show() {
    const { cell } = this;
    const here = document.activeElement === cell || this.box.contains(document.activeElement);
    if (!cell || !here) return this.hide();
    if (this.shown !== this.words(cell)) this.fill(cell);
    place(this.box, cell.getBoundingClientRect());
  }

  /** @param {Cell} cell */
  words(cell) {
    return `${this.actions.sheet.name(cell)}: ${this.actions.marks.why.get(cell)}`;
  }

  /** @param {Cell} cell */
  fill(cell) {
    const { sheet, changes, marks } = this.actions;
    const buttons = choicesFor(sheet, changes, cell).map(({ label, run }) => {
      const button = element("button", { type: "button", class: "grid-link" }, label);
      button.addEventListener("click", () => {
        run();
        this.leave();
      });
      return button;
    });
    this.shown = this.words(cell);
    this.box.setAttribute("aria-label", this.shown);
    const keys = element("small", { "aria-hidden": "true" }, BY_KEYS);
    this.box.replaceChildren(element("p", {}, marks.why.get(cell) ?? ""), ...buttons, keys);
    this.options = new Options(buttons, (button) => button.focus());
  }

  /** By keys: to the first choice. */
  enter() {
    this.show();
    this.options.go(0);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "Escape") this.leave();
    else if (event.key === "Tab") this.options.go(this.options.at + (event.shiftKey ? -1 : 1));
    else if (!this.options.key(event)) return;
    event.preventDefault();
  }

  /** @param {FocusEvent} event */
  left({ relatedTarget }) {
    const to = relatedTarget instanceof Node ? relatedTarget : null;
    if (to !== this.cell && !this.box.contains(to)) this.hide();
  }

  hide() {
    this.shown = undefined;
    this.box.hidden = true;
  }
}
