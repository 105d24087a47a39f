/** A pasted block that says itself where its values go: headings, pupils' names, UPNs. */

import { layoutOf } from "./layout.js";
import { Roster } from "./roster.js";

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./sheet.js").Pupil} Pupil */
/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {{who: string, value: string, reason: string}} Refusal */
/**
 * @typedef {object} Addressed
 * @property {[Cell, string][]} edits
 * @property {string[]} notes how the block was understood
 * @property {Refusal[]} lost lines that go to nobody
 */
/** @typedef {{called: string, values: [number, string][], pupil?: Pupil, why: string}} Line */

/**
 * @param {Sheet} sheet
 * @param {{top: number, left: number}} at the cell pasted at
 * @param {string[][]} rows
 * @returns {Addressed | undefined} nothing where the block holds values alone
 */
export function addressed(sheet, { top, left }, rows) {
  const roster = new Roster(sheet.pupils.values());
  const layout = layoutOf(rows, { items: [...sheet.items.values()], roster, left });
  if (!layout) return undefined;
  const byPupil = ["upn", "name", "surname"].some((kind) => layout.who.has(/** @type {any} */ (kind)));
  const body = rows.slice(layout.heads);
  const lines = body
    .map((row, at) => lineOf(row, layout, byPupil ? roster : rowBelow(sheet, top + at)))
    .filter(({ called, values }) => values.length || called);
  markTwins(lines);
  const edits = lines.flatMap(({ pupil, values }) => (pupil ? editsOf(sheet, layout, pupil, values) : []));
  const lost = lines.filter(({ why }) => why).map(({ called, values, why }) => ({ who: called, value: values.map(([, value]) => value).join(", "), reason: why }));
  return { edits, notes: notesOf(layout, rows, byPupil), lost };
}

/**
 * @param {string[]} row
 * @param {Layout} layout
 * @param {Pick<Roster, "find">} roster
 * @returns {Line} a blank is no value: what stands in the grid is left
 */
function lineOf(row, { who, items }, roster) {
  const said = (/** @type {import("./layout.js").Who} */ kind) => (row[who.get(kind) ?? -1] ?? "").trim();
  const name = said("name") || [said("surname"), said("forename")].filter(Boolean).join(", ");
  const values = [...items.keys()].map((column) => /** @type {[number, string]} */ ([column, (row[column] ?? "").trim()]));
  const upn = said("upn");
  return {
    called: name || upn,
    values: values.filter(([, value]) => value),
    ...roster.find({ upn, name, group: said("class") }),
  };
}

/**
 * @param {Sheet} sheet
 * @param {number} row
 * @returns {Pick<Roster, "find">} of a block that names no pupils: the row it falls on
 */
function rowBelow(sheet, row) {
  const cell = sheet.at(row, 0);
  const pupil = cell && sheet.pupil(cell);
  return { find: () => ({ pupil, why: pupil ? "" : "This falls below the last pupil shown." }) };
}

/** @param {Line[]} lines a pupil who is named by several gets the values of none */
function markTwins(lines) {
  /** @type {Map<Pupil, Line[]>} */
  const by = new Map();
  for (const line of lines) if (line.pupil) by.set(line.pupil, [...(by.get(line.pupil) ?? []), line]);
  for (const line of [...by.values()].filter((same) => same.length > 1).flat()) {
    line.pupil = undefined;
    line.why = "This pupil is in what you pasted more than once.";
  }
}

/**
 * @param {Sheet} sheet
 * @param {Layout} layout
 * @param {Pupil} pupil
 * @param {[number, string][]} values
 * @returns {[Cell, string][]}
 */
function editsOf(sheet, { items }, pupil, values) {
  return values.flatMap(([column, value]) => {
    const cell = sheet.find(pupil.id, items.get(column)?.code ?? "");
    return cell ? [/** @type {[Cell, string]} */ ([cell, value])] : [];
  });
}

/**
 * @param {Layout} layout
 * @param {string[][]} rows
 * @param {boolean} byPupil
 */
function notesOf({ heads, items, aside }, rows, byPupil) {
  const titles = [...items.values()].map(({ title }) => title);
  const into = titles.length > 3 ? `${titles.length} columns, ${titles[0]} to ${titles.at(-1)}` : titles.join(", ");
  const left = aside.filter((column) => rows.some((row) => row[column]?.trim()));
  const called = left.map((column) => (heads ? rows[heads - 1][column] : rows[0][column]) || "one with no heading");
  return [
    heads ? `${heads === 1 ? "The first row is" : "The first rows are"} headings and ${heads === 1 ? "is" : "are"} left out.` : "",
    byPupil ? "Each row goes to the pupil whom it names, whatever the order." : "The rows go down from where you are.",
    titles.length ? `The values go into ${into}.` : "",
    left.length ? `Left out, as ${left.length === 1 ? "it is" : "they are"} no column of this grid: ${called.join(", ")}.` : "",
    "Blanks leave what stands.",
  ].filter(Boolean);
}
