/** What a value is to an item, before the server is asked: one of its codes, one of its marks. */

/** @typedef {import("./sheet.js").Item} Item */

/**
 * @param {Item} item
 * @param {string} value
 */
export function isCode({ values }, value) {
  return values.some(({ code }) => code === value);
}

/**
 * @param {Item} item
 * @param {string} value
 */
export function isMark({ marks }, value) {
  const number = /^\d+$/.test(value) ? Number(value) : NaN;
  return Boolean(marks && number >= marks.lowest && number <= marks.highest);
}

/**
 * @param {Item} item
 * @param {string} value
 * @returns {string} why the mark typed can never be taken, or ""; of words the server judges
 */
export function neverTaken(item, value) {
  if (!item.marks || !/^\d+$/.test(value) || isCode(item, value) || isMark(item, value)) return "";
  return `${item.title} is ${value}. It must be ${item.allowed}.`;
}
