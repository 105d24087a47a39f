/** The menu that fills a column, a row or all of the pupils on screen, blanks first. */

import { cellCount } from "./counts.js";

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./menu.js").Entry} Entry */
/** @typedef {import("./entry.js").Beside} Beside */
/** @typedef {{title: string, lines: Cell[][]}} Part lines are columns of one item, or a pupil's row */

export class Filling {
  /**
   * @param {import("./actions.js").Actions} actions
   * @param {import("./menu.js").Menu} menu
   */
  constructor(actions, menu) {
    this.actions = actions;
    this.sheet = actions.sheet;
    this.menu = menu;
  }

  /**
   * @param {number} column
   * @returns {Part} a column, of the pupils on screen
   */
  column(column) {
    const [item] = [...this.sheet.items.values()].slice(column);
    return { title: item.title, lines: [this.sheet.shown.map((row) => row[column])] };
  }

  /**
   * @param {Cell} cell
   * @returns {Part} all of its pupil's cells
   */
  row(cell) {
    const { row } = this.sheet.place(cell);
    return { title: this.sheet.pupil(cell).name, lines: [this.sheet.shown[row]] };
  }

  /** @returns {Part} every column of the pupils on screen */
  everything() {
    const lines = [...this.sheet.items.keys()].map((_, column) => this.column(column).lines[0]);
    return { title: "Every column", lines };
  }

  /**
   * @param {Part} part
   * @param {Beside} beside
   * @param {Entry[]} [before] other things to do with the part
   */
  open(part, beside, before = []) {
    const all = this.openCells(part);
    const replace = {
      label: `Replace all ${cellCount(all.length)}…`,
      run: () => this.replace(part, all, beside),
    };
    const entries = [...this.blankEntries(part), ...(all.length ? [replace] : [])];
    if (!entries.length) entries.push({ label: "Nothing to fill here", run: () => {} });
    const between = before.length ? [{ label: "" }] : [];
    this.menu.open(`Fill: ${part.title}`, [...before, ...between, ...entries], beside);
  }

  /**
   * @param {Part} part
   * @returns {Entry[]}
   */
  blankEntries(part) {
    const blank = this.openCells(part).filter((cell) => !this.sheet.text(cell));
    if (!blank.length) return [];
    const common = this.commonest(part);
    const words = `the commonest${part.lines.length > 1 ? " of each column" : ""}`;
    const first = {
      label: `Fill ${cellCount(common.length)} still blank with ${words}`,
      code: part.lines.length > 1 ? undefined : common[0]?.[1],
      run: () => this.actions.make("grid", common),
    };
    return [...(common.length ? [first, { label: "" }] : []), ...this.codes(blank, "still blank")];
  }

  /**
   * @param {Part} part
   * @param {Cell[]} cells
   * @param {Beside} beside
   */
  replace(part, cells, beside) {
    const clear = {
      label: `Clear ${cellCount(cells.length)}`,
      run: () => this.actions.make("grid", edits(cells, "")),
    };
    const title = `Replace what stands there: ${part.title}`;
    this.menu.open(title, [...this.codes(cells, "replaced"), clear], beside);
  }

  /**
   * @param {Cell[]} cells
   * @param {string} what
   * @returns {Entry[]} an entry a code, of the cells that take it
   */
  codes(cells, what) {
    const titles = new Map(
      cells.flatMap((cell) => this.sheet.item(cell).values.map(({ code, title }) => [code, title])),
    );
    return [...titles].map(([code, title]) => {
      const takers = cells.filter((cell) => this.takes(cell, code));
      return {
        label: `${title}: ${cellCount(takers.length)} ${what}`,
        code,
        run: () => this.actions.make("grid", edits(takers, code)),
      };
    });
  }

  /**
   * @param {Cell} cell
   * @param {string} code
   */
  takes(cell, code) {
    return this.sheet.item(cell).values.some((choice) => choice.code === code);
  }

  /**
   * The commonest code of each line into its blanks. A mark is never the likely one: it is a
   * pupil's own, and a guess of it would look like any other.
   * @param {Part} part
   * @returns {[Cell, string][]}
   */
  commonest({ lines }) {
    return lines.flatMap((line) => {
      const coded = line.filter((cell) => !this.sheet.item(cell).marks);
      const value = commonestOf(coded.map((cell) => this.sheet.text(cell)));
      const blank = coded.filter((cell) => !this.sheet.text(cell) && !this.sheet.closed(cell));
      return value ? edits(blank.filter((cell) => this.takes(cell, value)), value) : [];
    });
  }

  /** @param {Part} part */
  openCells({ lines }) {
    return lines.flat().filter((cell) => !this.sheet.closed(cell));
  }
}

/**
 * @param {Cell[]} cells
 * @param {string} value
 * @returns {[Cell, string][]}
 */
function edits(cells, value) {
  return cells.map((cell) => [cell, value]);
}

/**
 * @param {string[]} values
 * @returns {string} the one that comes most often, blanks aside; "" where there is none
 */
export function commonestOf(values) {
  /** @type {Map<string, number>} */
  const tally = new Map();
  for (const value of values) if (value) tally.set(value, (tally.get(value) ?? 0) + 1);
  const [most] = [...tally].sort(([, a], [, b]) => b - a);
  return most?.[0] ?? "";
}
