/** A menu beside a cell: set, clear, fill, history. What is in it comes from outside. */

import { Options } from "./options.js";
import { element, place } from "./popup.js";

/** @typedef {{label: string, code?: string, keys?: string, run?: () => void}} Entry an entry with no run is a line between */

export class Menu {
  /**
   * @param {HTMLElement} home where in the page it belongs
   * @param {() => void} leave gives the focus back
   */
  constructor(home, leave) {
    this.leave = leave;
    this.list = element("ul", { class: "grid-popup grid-menu", role: "menu", hidden: "" });
    home.append(this.list);
    this.options = new Options([], (option) => option.focus());
    /** @type {Map<Element, () => void>} */
    this.runs = new Map();
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("click", (event) => this.choose(event.target));
    this.list.addEventListener("focusout", () => setTimeout(() => this.left()));
    this.list.addEventListener("contextmenu", (event) => event.preventDefault());
  }

  /**
   * @param {string} label what the menu is of
   * @param {Entry[]} entries
   * @param {{left: number, top: number, bottom: number}} beside
   */
  open(label, entries, beside) {
    this.runs.clear();
    this.list.setAttribute("aria-label", label);
    this.list.replaceChildren(...entries.map((entry) => this.line(entry)));
    place(this.list, beside);
    this.options = new Options(
      [...this.runs.keys()].map((line) => /** @type {HTMLElement} */ (line)),
      (line) => line.focus(),
    );
    this.options.go(0);
  }

  /** @param {Entry} entry */
  line({ label, code, keys, run }) {
    if (!run) return element("li", { role: "separator" });
    const line = element("li", { role: "menuitem", tabindex: "-1", "data-typed": code ?? label });
    if (code) line.append(element("b", {}, code));
    line.append(element("span", {}, label));
    if (keys) line.append(element("kbd", { "aria-hidden": "true" }, keys));
    this.runs.set(line, run);
    return line;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "Enter" || event.key === " ") this.choose(this.options.current);
    else if (event.key === "Escape" || event.key === "Tab") this.close();
    else if (!this.options.key(event)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {EventTarget | null | undefined} target */
  choose(target) {
    const line = target instanceof Element ? target.closest("[role=menuitem]") : null;
    const run = line && this.runs.get(line);
    if (!run) return;
    this.close();
    run();
  }

  /** The focus has settled: elsewhere means that the menu is done with. */
  left() {
    if (!this.list.contains(document.activeElement)) this.list.hidden = true;
  }

  /** What it offers may hold no longer. */
  dismiss() {
    if (!this.list.hidden) this.close();
  }

  close() {
    this.list.hidden = true;
    this.leave();
  }
}
