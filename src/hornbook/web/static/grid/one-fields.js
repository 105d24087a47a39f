/** The fields of one pupil: filled with what stands, and listened to. */

import { element } from "./popup.js";

/** @typedef {import("./results.js").Results} Results */
/** @typedef {import("./results.js").Result} Result */

export class Fields {
  /**
   * @param {HTMLFormElement} form
   * @param {Results} results
   */
  constructor(form, results) {
    this.form = form;
    this.results = results;
    this.pupil = 0;
    this.fields = /** @type {HTMLFieldSetElement[]} */ ([...form.querySelectorAll("fieldset")]);
    form.addEventListener("input", (event) => this.input(/** @type {HTMLElement} */ (event.target)));
    form.addEventListener("change", (event) => this.change(/** @type {HTMLElement} */ (event.target)));
    form.addEventListener("focusout", () => this.show());
    form.addEventListener("submit", (event) => event.preventDefault());
    results.addEventListener("change", () => this.show());
  }

  /** @param {number} pupil */
  open(pupil) {
    this.pupil = pupil;
    for (const field of this.fields) this.fill(field);
    this.show();
  }

  /** @param {HTMLFieldSetElement} field */
  result(field) {
    return this.results.find(this.pupil, field.dataset.item ?? "");
  }

  /** @param {HTMLFieldSetElement} field */
  fill(field) {
    const { typed, value } = this.result(field);
    const text = typed ?? value;
    const radios = radiosOf(field);
    const box = boxOf(field);
    const chosen = radios.find((radio) => radio.value === text) ?? radios.at(-1);
    for (const radio of radios) radio.checked = radio === chosen;
    if (box) box.value = radios.length && chosen?.value ? "" : text;
  }

  /** How each field stands. */
  show() {
    for (const field of this.fields) {
      const result = this.result(field);
      // What was typed and not taken can always be cleared.
      field.disabled = Boolean(this.results.rules.closed(result)) && result.typed === undefined;
      field.dataset.state = result.state;
      const invalid = result.state === "refused" || result.state === "conflict";
      boxOf(field)?.setAttribute("aria-invalid", String(invalid));
      this.explain(field, result);
      this.compare(field, result);
      if (result.typed === undefined && !field.contains(document.activeElement)) this.fill(field);
    }
  }

  /**
   * @param {HTMLFieldSetElement} field
   * @param {Result} result
   */
  explain(field, result) {
    const place = /** @type {HTMLElement} */ (field.querySelector("[data-why]"));
    const { rules, saver } = this.results;
    // Of a value on its way nothing is said here: a line that comes and goes moves what is below.
    const waits = result.state === "unsaved" && saver.trouble ? "Not saved yet." : "";
    const words = result.why || rules.closed(result) || rules.aside(result) || waits;
    if (place.dataset.words === words) return;
    place.dataset.words = words;
    place.replaceChildren(words, ...this.waysOut(result, field));
  }

  /**
   * What follows from the mark or the score beside it, once it is not being typed.
   * @param {HTMLFieldSetElement} field
   * @param {Result} result
   */
  compare(field, result) {
    const place = /** @type {HTMLElement} */ (field.querySelector("[data-follows]"));
    if (boxOf(field) === document.activeElement) return;
    const { value, words, differs } = this.results.rules.follows(result);
    if (place.dataset.words === words) return;
    place.dataset.words = words;
    place.toggleAttribute("data-differs", differs);
    place.replaceChildren(words, ...(value ? [this.put(`Enter ${value}`, field, () => this.results.send(result, value))] : []));
  }

  /**
   * @param {Result} result
   * @param {HTMLFieldSetElement} field
   * @returns {HTMLElement[]} what can be done about a value that was not taken
   */
  waysOut(result, field) {
    if (result.state === "conflict") return this.choices(result, field);
    if (result.state !== "refused" || this.results.rules.neverTaken(result)) return [];
    return [element("br", {}), this.put("Try again", field, () => this.results.send(result, result.typed ?? ""))];
  }

  /**
   * @param {Result} result
   * @param {HTMLFieldSetElement} field
   */
  choices(result, field) {
    const theirs = this.put(`Keep theirs: ${result.value || "blank"}`, field, () => this.results.forget(result));
    const mine = this.put(`Put mine: ${result.typed || "blank"}`, field, () => this.results.send(result, result.typed ?? ""));
    return [element("br", {}), theirs, mine];
  }

  /**
   * A button that goes once it is pressed: what it put in has the focus then.
   * @param {string} label
   * @param {HTMLFieldSetElement} field
   * @param {() => void} run
   */
  put(label, field, run) {
    return button(label, () => {
      run();
      this.fill(field);
      const chosen = radiosOf(field).find(({ checked, value }) => checked && value);
      (chosen ?? boxOf(field) ?? radiosOf(field).find(({ checked }) => checked))?.focus();
    });
  }

  /** @param {HTMLElement} target */
  input(target) {
    const field = target.closest("fieldset");
    if (!field || !target.matches("input[data-typed]")) return;
    const value = /** @type {HTMLInputElement} */ (target).value.trim();
    const radios = radiosOf(field);
    if (radios.length) radios[radios.length - 1].checked = true;
    this.results.keep(this.result(field), value);
  }

  /** @param {HTMLElement} target */
  change(target) {
    const field = target.closest("fieldset");
    if (!field) return;
    const { value } = /** @type {HTMLInputElement} */ (target);
    const box = boxOf(field);
    if (target.matches("[type=radio]") && box) box.value = "";
    this.results.send(this.result(field), value.trim());
  }
}

/** @param {HTMLFieldSetElement} field */
function radiosOf(field) {
  return /** @type {HTMLInputElement[]} */ ([...field.querySelectorAll("[type=radio]")]);
}

/** @param {HTMLFieldSetElement} field */
function boxOf(field) {
  return /** @type {HTMLInputElement | null} */ (field.querySelector("[data-typed]"));
}

/**
 * @param {string} label
 * @param {() => void} run
 */
function button(label, run) {
  const made = element("button", { type: "button", class: "one-button one-choose" }, label);
  made.addEventListener("click", run);
  return made;
}
