/** Which pupils are on screen: by class, year group, group of pupils, name, a value, or something missing. */

import { folded, spellings } from "./names.js";
import { rowOf } from "./sheet.js";
import { test } from "./wanted.js";

/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./announce.js").Announcer} Announcer */

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
    const wanted = this.wanted();
    this.sheet.rows.forEach((row, index) => {
      row.hidden = !wanted(row, index);
    });
    for (const body of this.sheet.table.tBodies)
      body.hidden = [...body.rows].every((row) => row.hidden);
    this.sheet.look();
    this.dispatchEvent(new Event("change"));
    this.announcer.say(`${this.sheet.height} of ${this.sheet.rows.length} pupils shown.`);
  }

  /** @returns {(row: HTMLTableRowElement, index: number) => boolean} */
  wanted() {
    const choices = new FormData(this.form);
    const inClass = String(choices.get("class") ?? "");
    const group = String(choices.get("group") ?? "");
    const year = String(choices.get("year") ?? "");
    const missing = choices.get("missing") !== null;
    const item = String(choices.get("item") ?? "");
    const passes = test(String(choices.get("value") ?? ""));
    const name = folded(String(choices.get("find") ?? ""));
    return (row) =>
      (!inClass || row.dataset.class === inClass) &&
      (!group || (row.dataset.groups ?? "").split(" ").includes(group)) &&
      (!year || row.dataset.year === year) &&
      (!missing || missingIn(row) !== "") &&
      this.valueOf(row, item).some(passes) &&
      (!name || this.named(row, name));
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
