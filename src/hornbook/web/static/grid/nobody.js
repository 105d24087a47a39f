/** Under a grid whose filters leave nobody: which of them is the cause, and a way to clear it. */

import { element } from "./popup.js";

/** @typedef {import("./filter.js").Field} Field */

export class Nobody {
  /**
   * @param {HTMLElement} place
   * @param {import("./filter.js").Filter} filter
   */
  constructor(place, filter) {
    this.place = place;
    this.filter = filter;
  }

  show() {
    this.place.hidden = this.filter.sheet.height > 0 || !this.filter.sheet.rows.length;
    if (this.place.hidden) return;
    const causes = this.filter.causes();
    const words = causes.length ? ` because of ${causes.map(named).join(" or ")}` : ": no one of the filters alone is the cause";
    const all = button("Show every pupil", () => this.filter.reset());
    const clearing = causes.map((field) => button(`Clear ${named(field)}`, () => this.filter.clear(field)));
    this.place.replaceChildren(`No pupil is shown${words}. `, ...clearing, all);
  }
}

/**
 * @param {Field} field
 * @returns {string} the filter as the page calls it, with what it is set to
 */
function named(field) {
  const own = [...(field.labels?.[0]?.childNodes ?? [])].filter((node) => node instanceof Text);
  const label = own.map((node) => node.textContent).join("").trim();
  if (field instanceof HTMLSelectElement) return `${label} “${field.selectedOptions[0].text}”`;
  return field.type === "checkbox" ? `“${label}”` : `${label} “${field.value}”`;
}

/**
 * @param {string} label
 * @param {() => void} run
 */
function button(label, run) {
  const made = element("button", { type: "button", class: "grid-link" }, label);
  made.addEventListener("click", run);
  return made;
}
