/** Which pupils are on screen: by class, by name, or only those with something missing. */

import { rowOf } from "./sheet.js";

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
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.dispatchEvent(new Event("found"));
    });
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
    const group = String(choices.get("class") ?? "");
    const missing = choices.get("missing") !== null;
    const name = folded(String(choices.get("find") ?? ""));
    return (row) =>
      (!group || row.dataset.class === group) &&
      (!missing || missingIn(row) !== "") &&
      (!name || folded(row.querySelector("th")?.textContent ?? "").includes(name));
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

/**
 * Letters alone, so that a name is found without its accents, hyphens and capitals.
 * @param {string} text
 */
function folded(text) {
  return text
    .normalize("NFD")
    .replace(/[^\p{L}]/gu, "")
    .toLowerCase();
}
