/** The results of the pupils on the page of one at a time: what stands, and what is on its way. */

import { follows } from "./following.js";
import { aside, shut } from "./only-where.js";

/** @typedef {import("./saving.js").Saver} Saver */
/** @typedef {import("./sheet.js").GridData} GridData */
/** @typedef {import("./saving.js").CellAnswer} CellAnswer */
/** @typedef {"" | "unsaved" | "refused" | "conflict"} State */
/**
 * @typedef {object} Result
 * @property {{pupil: string, item: string, version: string}} dataset as the saver reads a cell
 * @property {number} pupil
 * @property {string} item
 * @property {string} value what the server has
 * @property {string | undefined} typed what it does not have yet
 * @property {string} closed why nothing may be entered, or ""
 * @property {string} aside why the value that stands is not wanted, or ""
 * @property {State} state
 * @property {string} why
 */

export class Results extends EventTarget {
  /**
   * @param {{pupil: number, item: string, value: string, version: number | null, closed: string, aside: string}[]} held
   * @param {{saver: Saver, drawer: import("../hornbook/kept.js").Drawer, data: GridData}} parts
   */
  constructor(held, { saver, drawer, data }) {
    super();
    this.pupils = new Map(data.pupils.map((pupil) => [pupil.id, pupil]));
    this.items = new Map(data.items.map((item) => [item.code, item]));
    this.locked = Boolean(data.locked);
    this.saver = saver;
    this.drawer = drawer;
    /** @type {Map<string, Result>} */
    this.all = new Map(held.map((one) => [`${one.pupil} ${one.item}`, resultOf(one)]));
    /** @type {Map<number, string>} what each pupil lacks, as far as the server has said */
    this.missing = new Map();
    saver.addEventListener("answer", (event) => this.settle(/** @type {CustomEvent} */ (event).detail.answer));
    saver.addEventListener("failed", () => this.changed());
    this.takeUp();
  }

  /**
   * @param {number} pupil
   * @param {string} item
   */
  find(pupil, item) {
    return /** @type {Result} */ (this.all.get(`${pupil} ${item}`));
  }

  /**
   * @param {Result} result
   * @returns {string} why nothing may be entered, with what is typed beside it, or ""
   */
  closed(result) {
    const rule = this.items.get(result.item)?.only_where;
    if (this.locked || this.pupils.get(result.pupil)?.locked || !rule) return result.closed;
    return shown(result) ? "" : shut(rule, (item) => this.stands(result.pupil, item));
  }

  /**
   * @param {Result} result
   * @returns {string} why the value that stands is not wanted, or ""
   */
  aside(result) {
    if (!shown(result)) return "";
    const rule = this.items.get(result.item)?.only_where;
    return rule ? aside(rule, (item) => this.stands(result.pupil, item)) : result.aside;
  }

  /**
   * @param {Result} result
   * @returns {{value: string, words: string, differs: boolean}} what follows from what stands beside it:
   * a value that may be entered where nothing is, and words where there is something to say
   */
  follows(result) {
    const item = /** @type {import("./sheet.js").Item} */ (this.items.get(result.item));
    const { follows: value = "", why, differs } = follows(this.items, item, (code) => this.stands(result.pupil, code));
    const stands = shown(result);
    if (differs && !result.why) return { value: "", words: `${why} ${stands} is entered. Look at both, and correct the one that is wrong.`, differs };
    if (stands || !value || this.closed(result)) return { value: "", words: "", differs: false };
    return { value, words: `${why} Nothing is entered here.`, differs: false };
  }

  /**
   * @param {number} pupil
   * @param {string} item of this page or of another grid
   */
  stands(pupil, item) {
    const result = this.find(pupil, item);
    return result ? shown(result) : (this.pupils.get(pupil)?.beside[item] ?? "");
  }

  /** What was typed before the page was opened again, and never saved. */
  takeUp() {
    for (const { pupil, item, value, base } of Object.values(this.drawer.all())) {
      const result = this.find(pupil, item);
      // A pupil who is not gone through here is taken up in the grid.
      if (!result) continue;
      if (result.value === value) this.drawer.drop({ pupil, item });
      else {
        result.dataset.version = String(base ?? "");
        this.send(result, value);
      }
    }
  }

  /**
   * A character typed: kept at once, sent when the person goes on.
   * @param {Result} result
   * @param {string} value
   */
  keep(result, value) {
    result.typed = value;
    result.state = "unsaved";
    result.why = "";
    const { pupil, item, dataset } = result;
    this.drawer.put({ pupil, item, value, base: dataset.version ? Number(dataset.version) : null });
    this.changed();
  }

  /**
   * @param {Result} result
   * @param {string} value
   */
  send(result, value) {
    if (value === result.value && !this.saver.pending(/** @type {any} */ (result))) return this.forget(result);
    this.keep(result, value);
    const refusal = this.refusal(result);
    if (refusal) return this.refuse(result, refusal);
    this.saver.add("grid", /** @type {any} */ (new Map([[result, value]])));
  }

  /**
   * @param {Result} result
   * @returns {string} why the mark typed can never be taken, or ""; of words the server judges
   */
  refusal({ item, typed = "" }) {
    const { title, marks, values, allowed } = /** @type {import("./sheet.js").Item} */ (this.items.get(item));
    if (!marks || !/^\d+$/.test(typed) || values.some(({ code }) => code === typed)) return "";
    const within = Number(typed) >= marks.lowest && Number(typed) <= marks.highest;
    return within ? "" : `${title} is ${typed}. It must be ${allowed}.`;
  }

  /**
   * @param {Result} result
   * @param {string} why
   */
  refuse(result, why) {
    result.state = "refused";
    result.why = why;
    this.changed();
  }

  /** @param {Result} result what stands at the server stands here too */
  forget(result) {
    result.typed = undefined;
    result.state = "";
    result.why = "";
    this.drawer.drop(result);
    this.changed();
  }

  /** @param {import("./saving.js").Answer} answer */
  settle(answer) {
    for (const one of answer.cells) this.settleOne(this.find(one.pupil, one.item), one);
    for (const { pupil, item, reason, aside } of answer.closed) {
      const result = this.find(pupil, item);
      if (result) Object.assign(result, { closed: reason ?? "", aside });
    }
    for (const [pupil, words] of Object.entries(answer.missing)) this.missing.set(Number(pupil), words);
    this.changed();
  }

  /**
   * @param {Result | undefined} result
   * @param {CellAnswer} answer
   */
  settleOne(result, answer) {
    if (!result) return;
    result.dataset.version = String(answer.version ?? "");
    const taken = answer.state === "saved" || answer.state === "same";
    if (taken) result.value = answer.value;
    if (answer.state === "conflict") result.value = answer.theirs ?? "";
    if (this.saver.pending(/** @type {any} */ (result))) return;
    // A mark typed since, which cannot be taken, stays to be put right.
    if (taken && this.refusal(result)) return;
    if (taken) return this.forget(result);
    result.state = answer.state === "conflict" ? "conflict" : "refused";
    result.why =
      answer.state === "conflict"
        ? `${answer.by || "Somebody else"} put ${answer.theirs || "a blank"} here. You put ${answer.value || "a blank"}.`
        : (answer.reason ?? "");
  }

  /** @returns {Result[]} all that the server does not have */
  unsaved() {
    return [...this.all.values()].filter(({ typed }) => typed !== undefined);
  }

  changed() {
    this.dispatchEvent(new Event("change"));
  }
}

/**
 * @param {{pupil: number, item: string, value: string, version: number | null, closed: string, aside: string}} held
 * @returns {Result}
 */
function resultOf({ pupil, item, value, version, closed, aside }) {
  const dataset = { pupil: String(pupil), item, version: String(version ?? "") };
  return { dataset, pupil, item, value, typed: undefined, closed, aside, state: "", why: "" };
}

/** @param {Result} result */
function shown({ typed, value }) {
  return typed ?? value;
}
