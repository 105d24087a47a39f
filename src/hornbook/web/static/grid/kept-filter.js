/**
 * What is filtered and sorted stands in the address, and is there again after a reload,
 * Back, or a look at one pupil. A name that is looked for never does: it stays in this tab.
 */

import { keptFor } from "../hornbook/kept.js";

/** @typedef {import("./filter.js").Field} Field */

const IN_ADDRESS = ["class", "year", "group", "item", "value", "missing"];
const ORDER = "sort";
const WORDS = ["blank", "empty", "not", "any"];

export class KeptFilter {
  /** @param {{filter: import("./filter.js").Filter, sorting: import("./sorting.js").Sorting, sheet: import("./sheet.js").Sheet}} parts */
  constructor({ filter, sorting, sheet }) {
    this.filter = filter;
    this.sorting = sorting;
    const codes = [...sheet.items.values()].flatMap(({ values }) => values.map(({ code }) => code.toLowerCase()));
    this.known = new Set([...WORDS, ...codes]);
    this.tab = keptFor(document.body.dataset.person ?? "", `find.${location.pathname}`);
    this.restore();
    filter.addEventListener("change", () => this.keep());
    sorting.addEventListener("change", () => this.keep());
  }

  restore() {
    const said = new URLSearchParams(location.search);
    for (const name of IN_ADDRESS) if (said.has(name)) set(this.filter.field(name), said.get(name) ?? "");
    set(this.filter.field("find"), sessionStorage.getItem(this.tab) ?? "");
    this.sorting.restore(said.get(ORDER) ?? "");
    if (this.filter.tests().size) this.filter.apply();
    this.link();
  }

  keep() {
    const { search } = this;
    history.replaceState(history.state, "", location.pathname + search);
    const name = this.filter.field("find").value;
    if (name) sessionStorage.setItem(this.tab, name);
    else sessionStorage.removeItem(this.tab);
    this.link();
  }

  /** @returns {string} the part of the address that says what is shown */
  get search() {
    const choices = new FormData(this.filter.form);
    const pairs = IN_ADDRESS.map((name) => [name, String(choices.get(name) ?? "").trim()]);
    const named = [...pairs, [ORDER, this.sorting.order]].filter(([name, text]) => text && (name !== "value" || this.isValue(text)));
    return named.length ? `?${new URLSearchParams(named)}` : "";
  }

  /**
   * @param {string} text
   * @returns {boolean} whether it holds codes and numbers alone: anything else may be a name
   */
  isValue(text) {
    const words = text.toLowerCase().split(/[\s,<>=!]+/).filter(Boolean);
    return words.every((word) => this.known.has(word) || /^[0-9]{1,3}$/.test(word));
  }

  /** The way to one pupil at a time goes to the same pupils. */
  link() {
    for (const link of document.querySelectorAll("a[data-filtered]"))
      if (link instanceof HTMLAnchorElement) link.search = this.search;
  }
}

/**
 * @param {Field | null} field not there where the grid has no use for it
 * @param {string} value
 */
function set(field, value) {
  if (field instanceof HTMLInputElement && field.type === "checkbox") field.checked = true;
  else if (field instanceof HTMLInputElement) field.value = value;
  else if (field && [...field.options].some((option) => option.value === value)) field.value = value;
}
