/** What the columns of a pasted block are: by their headings, else by what stands in them. */

import { folded } from "./names.js";

/** @typedef {import("./sheet.js").Item} Item */
/** @typedef {"upn" | "name" | "surname" | "forename" | "class"} Who */
/**
 * @typedef {object} Layout
 * @property {number} heads how many rows of headings come first
 * @property {Map<Who, number>} who the columns that say which pupil a row is
 * @property {Map<number, Item>} items what each column of values is for
 * @property {number[]} aside the columns that are neither
 */

/** @type {Record<string, Who>} */
const CALLED = {
  upn: "upn", uniquepupilnumber: "upn",
  pupil: "name", name: "name", pupilname: "name", fullname: "name", child: "name", student: "name",
  surname: "surname", lastname: "surname", familyname: "surname", legalsurname: "surname",
  forename: "forename", firstname: "forename", givenname: "forename", legalforename: "forename",
  class: "class", classname: "class", registrationgroup: "class", reg: "class",
};
const BESIDE = new Set(["missing", "year", "yeargroup", "dob", "dateofbirth", "sex", "gender"]);
const MOST_HEADS = 2;

/**
 * @param {string[][]} rows
 * @param {{items: Item[], roster: import("./roster.js").Roster, left: number}} parts left is the column pasted at
 * @returns {Layout | undefined} nothing where the block holds values alone
 */
export function layoutOf(rows, { items, roster, left }) {
  if (rows.flat().length < 2) return undefined;
  const heads = headsOf(rows, items);
  const body = rows.slice(heads.length);
  const who = new Map([...byContents(body, roster), ...byHeads(heads)]);
  if (!body.length || !(heads.length || who.size)) return undefined;
  const width = Math.max(...rows.map((row) => row.length));
  const rest = [...Array(width).keys()].filter((column) => ![...who.values()].includes(column));
  if (who.size && !who.has("class") && ofClasses(body, rest[0], roster)) who.set("class", Number(rest.shift()));
  const named = itemsByHeads(heads, rest, items, left);
  const found = named.size ? named : itemsByPlace(body, rest, items, left);
  return { heads: heads.length, who, items: found, aside: rest.filter((column) => !found.has(column)) };
}

/**
 * The rows at the top that name columns and hold nothing that could be entered.
 * @param {string[][]} rows
 * @param {Item[]} items
 */
function headsOf(rows, items) {
  const words = new Set([...Object.keys(CALLED), ...BESIDE, ...items.flatMap(spelt), ...items.map(({ area }) => plain(area))]);
  words.delete("");
  const isHead = (/** @type {string[]} */ row) =>
    row.some((text) => words.has(plain(text))) && !row.some((text) => mayBeValue(items, text));
  const end = rows.slice(0, MOST_HEADS).findIndex((row) => !isHead(row));
  return rows.slice(0, end < 0 ? MOST_HEADS : end);
}

/**
 * @param {string[][]} heads
 * @returns {[Who, number][]}
 */
function byHeads(heads) {
  return heads.flatMap((row) =>
    row.flatMap((text, column) => (CALLED[folded(text)] ? [/** @type {[Who, number]} */ ([CALLED[folded(text)], column])] : [])),
  );
}

/**
 * @param {string[][]} body
 * @param {import("./roster.js").Roster} roster
 * @returns {[Who, number][]} surnames and forenames only where both stand apart
 */
function byContents(body, { looks }) {
  const first = (/** @type {keyof typeof looks} */ kind) => {
    const column = (body[0] ?? []).findIndex((_, at) => mostly(body, at, looks[kind]));
    return column < 0 ? [] : [/** @type {[Who, number]} */ ([kind, column])];
  };
  const whole = [...first("upn"), ...first("name")];
  const apart = [...first("surname"), ...first("forename")];
  return whole.some(([kind]) => kind === "name") || apart.length < 2 || apart[0][1] === apart[1][1] ? whole : [...whole, ...apart];
}

/**
 * @param {string[][]} body
 * @param {number} column
 * @param {(text: string) => boolean} looks
 * @returns {boolean} whether at least half of what stands in the column is so
 */
function mostly(body, column, looks) {
  const texts = body.map((row) => (row[column] ?? "").trim()).filter(Boolean);
  return texts.length > 0 && 2 * texts.filter(looks).length >= texts.length;
}

/**
 * @param {string[][]} body
 * @param {number | undefined} column
 * @param {import("./roster.js").Roster} roster
 */
function ofClasses(body, column, { classes }) {
  return column !== undefined && mostly(body, column, (text) => folded(text) !== "" && classes.has(folded(text)));
}

/**
 * A heading that several items share names them in their order, or the one at its place.
 * @param {string[][]} heads
 * @param {number[]} rest
 * @param {Item[]} items
 * @param {number} left
 */
function itemsByHeads(heads, rest, items, left) {
  const row = heads.at(-1) ?? [];
  const found = new Map();
  for (const column of rest) {
    const text = plain(row[column] ?? "");
    const meant = text ? items.filter((item) => spelt(item).includes(text)) : [];
    const same = rest.filter((other) => plain(row[other] ?? "") === text);
    const here = items[left + rest.indexOf(column) - rest.indexOf(rest[0])];
    const item = meant.length === same.length ? meant[same.indexOf(column)] : meant.find((one) => one === here);
    if (item) found.set(column, item);
  }
  return found;
}

/**
 * From where the paste is, or from the first column where the block is as wide as the grid.
 * @param {string[][]} body
 * @param {number[]} rest
 * @param {Item[]} items
 * @param {number} left
 */
function itemsByPlace(body, rest, items, left) {
  const begin = rest.findIndex((column) => body.some((row) => mayBeValue(items, row[column] ?? "")));
  const columns = begin < 0 ? [] : rest.slice(begin);
  const from = columns.length === items.length ? 0 : left;
  const inside = columns.slice(0, items.length - from);
  return new Map(inside.map((column, at) => [column, items[from + at]]));
}

/**
 * @param {Item[]} items
 * @param {string} text
 * @returns {boolean} a number, or a code of any column
 */
function mayBeValue(items, text) {
  const value = text.trim().toUpperCase();
  return /^[0-9]+$/.test(value) || items.some(({ values }) => values.some(({ code }) => code.toUpperCase() === value));
}

/** @param {Item} item */
function spelt({ code, title, short, area }) {
  return [title, short, `${area} ${short}`, code, code.split(".")[1] ?? ""].map(plain);
}

/** @param {string} text */
function plain(text) {
  return text.replace(/[^\p{L}\p{N}]/gu, "").toLowerCase();
}
