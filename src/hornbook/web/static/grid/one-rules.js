/** Of the pupils on the page of one at a time: what may be entered, and what does not go together. */

import { follows } from "./following.js";
import { aside, shut } from "./only-where.js";
import { neverTaken } from "./values.js";

/** @typedef {import("./results.js").Result} Result */
/** @typedef {import("./sheet.js").Item} Item */

export class Rules {
  /**
   * @param {import("./sheet.js").GridData} data
   * @param {(pupil: number, item: string) => Result | undefined} find
   */
  constructor(data, find) {
    this.pupils = new Map(data.pupils.map((pupil) => [pupil.id, pupil]));
    this.items = new Map(data.items.map((item) => [item.code, item]));
    this.locked = Boolean(data.locked);
    this.find = find;
  }

  /** @param {Result} result */
  item(result) {
    return /** @type {Item} */ (this.items.get(result.item));
  }

  /**
   * @param {Result} result
   * @returns {string} why nothing may be entered, with what is typed beside it, or ""
   */
  closed(result) {
    const rule = this.item(result).only_where;
    if (this.locked || this.pupils.get(result.pupil)?.locked || !rule) return result.closed;
    return shown(result) ? "" : shut(rule, (item) => this.stands(result.pupil, item));
  }

  /**
   * @param {Result} result
   * @returns {string} why the value that stands is not wanted, or ""
   */
  aside(result) {
    if (!shown(result)) return "";
    const rule = this.item(result).only_where;
    return rule ? aside(rule, (item) => this.stands(result.pupil, item)) : result.aside;
  }

  /**
   * @param {Result} result
   * @returns {{value: string, words: string, differs: boolean}} what follows from what stands beside it:
   * a value that may be entered where nothing is, and words where there is something to say
   */
  follows(result) {
    const { follows: value = "", why, differs } = follows(this.items, this.item(result), (code) => this.stands(result.pupil, code));
    const stands = shown(result);
    if (differs && !result.why) return { value: "", words: `${why} ${stands} is entered. Look at both, and correct the one that is wrong.`, differs };
    if (stands || !value || this.closed(result)) return { value: "", words: "", differs: false };
    return { value, words: `${why} Nothing is entered here.`, differs: false };
  }

  /**
   * @param {Result} result
   * @returns {string} why the mark typed can never be taken, or ""
   */
  neverTaken(result) {
    return neverTaken(this.item(result), result.typed ?? "");
  }

  /**
   * @param {number} pupil
   * @param {string} item of this page or of another grid
   */
  stands(pupil, item) {
    const result = this.find(pupil, item);
    return result ? shown(result) : (this.pupils.get(pupil)?.beside[item] ?? "");
  }
}

/** @param {Result} result */
function shown({ typed, value }) {
  return typed ?? value;
}
