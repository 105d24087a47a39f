/** The results of the pupils on the page of one at a time: what stands, and what is on its way. */

import { Rules } from "./one-rules.js";
import { settle } from "./settling.js";

/** @typedef {import("./saving.js").Saver} Saver */
/** @typedef {import("./sheet.js").GridData} GridData */
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
    this.saver = saver;
    this.drawer = drawer;
    /** @type {Map<string, Result>} */
    this.all = new Map(held.map((one) => [`${one.pupil} ${one.item}`, resultOf(one)]));
    this.rules = new Rules(data, (pupil, item) => this.find(pupil, item));
    saver.addEventListener("answer", (event) => {
      const { batch, answer } = /** @type {CustomEvent} */ (event).detail;
      this.settle(batch, answer);
    });
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
    const refusal = this.rules.neverTaken(result);
    if (refusal) return this.refuse(result, refusal);
    this.saver.add("grid", /** @type {any} */ (new Map([[result, value]])));
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

  /**
   * @param {{values: Map<any, string>}} batch
   * @param {import("./posting.js").Answer} answer
   */
  settle({ values }, { cells, closed }) {
    settle(cells, {
      find: (pupil, item) => this.find(pupil, item),
      // Sent already, being typed, or one that can never be taken and is to be put right.
      newer: (result) => this.saver.pending(/** @type {any} */ (result)) || result.typed !== values.get(result),
      learn: (result, { holds }, { version }) => {
        result.dataset.version = String(version ?? "");
        result.value = holds ?? result.value;
      },
      settle: (result, { state, why }) => {
        if (state === "saved") this.forget(result);
        else Object.assign(result, { state, why });
      },
    });
    for (const { pupil, item, reason, aside } of closed) {
      const result = this.find(pupil, item);
      if (result) Object.assign(result, { closed: reason ?? "", aside });
    }
    this.changed();
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
