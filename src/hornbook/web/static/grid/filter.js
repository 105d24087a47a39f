/** Which pupils are on screen: by class, year group, group of pupils, name, a value, or something missing. */

import { folded, spellings } from "./names.js";
import { rowOf } from "./cells.js";
import { test } from "./wanted.js";

/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./announce.js").Announcer} Announcer */
/** @typedef {HTMLInputElement | HTMLSelectElement} Field */
/** @typedef {(row: HTMLTableRowElement) => boolean} Test */

export class Filter extends EventTarget {
  /**
   * @param {HTMLFormElement} form
   * @param {Sheet} sheet
   * @param {Announcer} announcer
   */
  constructor(form, sheet, announcer) {
    super();
    this.form = form;
    this.sheet = sheet;
    this.announcer = announcer;
    form.addEventListener("input", () => this.apply());
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("keydown", (event) => this.key(event));
  }

  /** @param {KeyboardEvent} event Enter in a box goes to the first pupil found */
  key(event) {
    const box = event.target instanceof Element && event.target.matches("[name=find], [name=value]");
    if (event.key === "Enter" && box) this.dispatchEvent(new Event("found"));
  }

  /** Show every pupil. */
  reset() {
    this.form.reset();
    this.apply();
  }

  /** A row made complete stays until the filter is used again: nothing goes from under the hand. */
  apply() {
    const tests = [...this.tests().values()];
    for (const row of this.sheet.rows) row.hidden = !tests.every((passes) => passes(row));
    for (const body of this.sheet.table.tBodies)
      body.hidden = [...body.rows].every((row) => row.hidden);
    this.sheet.look();
    this.dispatchEvent(new Event("change"));
    this.announcer.say(`${this.sheet.height} of ${this.sheet.rows.length} pupils shown.`);
  }

  /** @returns {Map<string, Test>} what each filter in use asks of a row, by the name of its field */
  tests() {
    const choices = new FormData(this.form);
    const said = (/** @type {string} */ name) => String(choices.get(name) ?? "").trim();
    const passes = test(said("value"));
    const name = folded(said("find"));
    /** @type {Record<string, Test>} */
    const all = {
      class: (row) => row.dataset.class === said("class"),
      year: (row) => row.dataset.year === said("year"),
      group: (row) => (row.dataset.groups ?? "").split(" ").includes(said("group")),
      missing: (row) => missingIn(row) !== "",
      value: (row) => this.valueOf(row, said("item")).some(passes),
      find: (row) => this.named(row, name),
    };
    return new Map(Object.entries(all).filter(([field]) => said(field)));
  }

  /** @returns {Field[]} those of which each alone keeps everybody off the screen */
  causes() {
    const tests = this.tests();
    const others = (/** @type {string} */ name) => [...tests].filter(([field]) => field !== name);
    const cause = (/** @type {string} */ name) =>
      this.sheet.rows.some((row) => others(name).every(([, passes]) => passes(row)));
    return [...tests.keys()].filter(cause).map((name) => this.field(name));
  }

  /**
   * @param {string} name
   * @returns {Field}
   */
  field(name) {
    return /** @type {Field} */ (this.form.elements.namedItem(name));
  }

  /** @param {Field} field */
  clear(field) {
    if (field instanceof HTMLInputElement) field.checked = false;
    field.value = field.type === "checkbox" ? field.value : "";
    this.apply();
    field.focus();
  }

  /**
   * @param {HTMLTableRowElement} row
   * @param {string} name folded, either name first
   */
  named(row, name) {
    const pupil = this.sheet.pupils.get(row.dataset.pupil ?? "");
    return spellings(pupil?.name ?? "").some((spelling) => spelling.includes(name));
  }

  /**
   * @param {HTMLTableRowElement} row
   * @param {string} item one column, or "" for any of them
   * @returns {string[]}
   */
  valueOf(row, item) {
    const codes = item ? [item] : [...this.sheet.items.keys()];
    return codes.flatMap((code) => {
      const cell = this.sheet.find(row.dataset.pupil ?? "", code);
      return cell ? [this.sheet.text(cell)] : [];
    });
  }
}

/** @param {HTMLTableRowElement} row */
export function missingIn(row) {
  return row.querySelector("[data-missing]")?.textContent?.trim() ?? "";
}

/**
 * @param {Sheet} sheet
 * @param {Record<string, string>} missing what each pupil lacks now, by pupil
 */
export function showMissing(sheet, missing) {
  const [item] = sheet.items.keys();
  for (const [pupil, words] of Object.entries(missing)) {
    const cell = sheet.find(pupil, item);
    const last = cell && rowOf(cell).querySelector("[data-missing]");
    if (last instanceof HTMLElement) last.textContent = last.title = words;
  }
}
