/**
 * What follows from what is entered of a pupil: the scaled score that the year's table gives
 * for a mark, and the outcome of a scaled score. Whether it stands, or something else does.
 */

import { isCode, isMark } from "./values.js";

/** @typedef {import("./sheet.js").Item} Item */
/** @typedef {Map<string, Item>} Items of one collection, by their codes */
/** @typedef {(item: string) => string} ValueOf what is entered of the pupil */
/** @typedef {{follows?: string, why?: string}} Following what would stand, and by what */

/**
 * @param {Items} items
 * @returns {Item[]} those that may follow from another
 */
export function following(items) {
  return [...items.values()].filter(({ scale, judged }) => scale || judged);
}

/**
 * @param {Items} items
 * @param {Item} item
 * @param {ValueOf} valueOf
 * @returns {Following & {differs: boolean}} whether what is entered cannot be so
 */
export function follows(items, item, valueOf) {
  const stands = valueOf(item.code);
  const found = from(items, item, valueOf);
  const differs = Boolean(stands) && (disagree(item, stands, found.follows) || leavesNoScore(items, item, stands, valueOf));
  return { ...found, differs };
}

/**
 * @param {Items} items
 * @param {Item} item
 * @param {ValueOf} valueOf
 * @returns {Following}
 */
function from(items, { scale, judged }, valueOf) {
  if (scale) {
    const mark = valueOf(scale.from);
    const score = scale.scores[mark];
    return score ? { follows: score, why: `${scale.table} gives ${score} for ${mark}.` } : {};
  }
  const scored = judged ? items.get(judged.from) : undefined;
  // An outcome may follow from a score that is itself only shown.
  const score = scored ? valueOf(scored.code) || from(items, scored, valueOf).follows || "" : "";
  if (!judged || !scored || !(isMark(scored, score) || isCode(scored, score))) return {};
  const met = Number(score) >= judged.expected;
  const than = met ? `${judged.expected} or more` : `not ${judged.expected} or more`;
  return { follows: met ? judged.met : judged.not_met, why: `The scaled score is ${score}, ${than}.` };
}

/**
 * @param {Item} item
 * @param {string} stands
 * @param {string | undefined} wanted what would stand here by what stands beside it
 * @returns {boolean} a code that no table gives (absent, say) disagrees with nothing
 */
function disagree({ judged }, stands, wanted) {
  if (wanted === undefined || wanted === stands) return false;
  return judged ? [judged.met, judged.not_met].includes(stands) : /^\d+$/.test(stands);
}

/**
 * @param {Items} items
 * @param {Item} item
 * @param {string} stands
 * @param {ValueOf} valueOf
 * @returns {boolean} whether a scaled score is entered beside an outcome that says there is none
 */
function leavesNoScore(items, { judged }, stands, valueOf) {
  const scored = judged?.without.includes(stands) ? items.get(judged.from) : undefined;
  return scored !== undefined && isMark(scored, valueOf(scored.code));
}
