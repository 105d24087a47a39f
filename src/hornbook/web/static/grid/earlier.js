/** Results of earlier years: what is typed opens and closes the other fields of the form at once. */

import { aside, shut } from "./only-where.js";

/** @typedef {{name: string, open: string, only_where: import("./only-where.js").OnlyWhere}} Item open is what it may be */
/** @typedef {{names: Record<string, string>, beside: Record<string, string>, items: Item[]}} Told */

class Earlier {
  /**
   * @param {HTMLFormElement} form
   * @param {Told} told
   */
  constructor(form, { names, beside, items }) {
    this.form = form;
    this.names = names;
    this.beside = beside;
    this.items = items;
    for (const { name } of items) this.words(name)?.setAttribute("aria-live", "polite");
    form.addEventListener("input", () => this.show());
    form.addEventListener("focusout", () => this.show());
    this.show();
  }

  show() {
    for (const { name, open, only_where: rule } of this.items) {
      const field = this.field(name);
      const valueOf = (/** @type {string} */ item) => this.stands(item);
      const closed = field.value ? "" : shut(rule, valueOf);
      // A field that is being cleared keeps the focus until the person goes on.
      field.disabled = Boolean(closed) && field !== document.activeElement;
      const words = closed || (field.value && aside(rule, valueOf)) || open;
      const place = this.words(name);
      if (place && place.textContent !== words) place.textContent = words;
    }
  }

  /**
   * @param {string} item of this form or of another collection
   * @returns {string} what stands, as typed where it is on the form
   */
  stands(item) {
    const name = this.names[item];
    return name ? this.field(name).value.trim() : (this.beside[item] ?? "");
  }

  /** @param {string} name */
  field(name) {
    return /** @type {HTMLInputElement | HTMLSelectElement} */ (this.form.elements.namedItem(name));
  }

  /** @param {string} name */
  words(name) {
    return document.getElementById(`${this.field(name).id}_helptext`);
  }
}

const form = document.getElementById("earlier");
const told = document.getElementById("earlier-data");
if (form instanceof HTMLFormElement && told) new Earlier(form, JSON.parse(told.textContent ?? ""));
