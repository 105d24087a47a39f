/** The order of the pupils: by class and name as the page came, or by what a column holds. */

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./sheet.js").Item} Item */

const BY_NAME = "name";

export class Sorting extends EventTarget {
  /**
   * @param {Sheet} sheet
   * @param {import("./announce.js").Announcer} announcer
   */
  constructor(sheet, announcer) {
    super();
    this.sheet = sheet;
    this.announcer = announcer;
    this.first = sheet.rows;
    /** How the pupils stand: "name", an item or "-item", or "" by class and name. */
    this.order = "";
    this.homes = new Map(sheet.rows.map((row) => [row, row.parentElement]));
    this.heads = /** @type {HTMLElement[]} */ ([
      ...sheet.table.querySelectorAll("[data-column]"),
    ]);
  }

  /**
   * Blanks come last either way.
   * @param {number} column
   * @param {1 | -1} ways 1 lowest first, -1 highest first
   */
  by(column, ways) {
    const item = [...this.sheet.items.values()][column];
    const ranked = this.first.map((row) => {
      const cell = this.sheet.find(row.dataset.pupil ?? "", item.code);
      return { row, rank: rankOf(item, cell ? this.sheet.text(cell) : "") };
    });
    ranked.sort((a, b) => {
      if (a.rank === undefined || b.rank === undefined)
        return Number(a.rank === undefined) - Number(b.rank === undefined);
      return ways * (a.rank - b.rank);
    });
    this.together(ranked.map(({ row }) => row), `${ways > 0 ? "" : "-"}${item.code}`);
    this.heads[column]?.setAttribute("aria-sort", ways > 0 ? "ascending" : "descending");
    this.announcer.say(`Sorted by ${item.title}, ${ways > 0 ? "lowest" : "highest"} first.`);
  }

  /** By name, whatever the class. */
  byName() {
    const name = (/** @type {HTMLTableRowElement} */ row) => this.sheet.pupils.get(row.dataset.pupil ?? "")?.name ?? "";
    this.together([...this.first].sort((a, b) => name(a).localeCompare(name(b), "en")), BY_NAME);
    this.announcer.say("Sorted by name.");
  }

  /**
   * @param {number} [column] none for the pupils themselves
   * @returns {import("./menu.js").Entry[]} the ways to sort
   */
  entries(column) {
    const back = { label: "Sort by class and name", run: () => this.reset() };
    const names = { label: "Sort by name alone", run: () => this.byName() };
    if (column === undefined) return [names, back];
    return [
      { label: "Sort, lowest first", run: () => this.by(column, 1) },
      { label: "Sort, highest first", run: () => this.by(column, -1) },
      ...(this.order ? [back] : []),
    ];
  }

  /** Back to class and name. */
  reset() {
    for (const row of this.first) this.homes.get(row)?.append(row);
    this.arranged(this.first, "");
    this.announcer.say("Sorted by class and name.");
  }

  /** @param {string} order as it was before the page was opened again */
  restore(order) {
    const column = [...this.sheet.items.keys()].indexOf(order.replace(/^-/, ""));
    if (order === BY_NAME) this.byName();
    else if (column >= 0) this.by(column, order.startsWith("-") ? -1 : 1);
  }

  /**
   * @param {HTMLTableRowElement[]} rows of all classes, in one order
   * @param {string} order
   */
  together(rows, order) {
    this.sheet.table.tBodies[0].append(...rows);
    this.arranged(rows, order);
  }

  /**
   * @param {HTMLTableRowElement[]} rows
   * @param {string} order
   */
  arranged(rows, order) {
    this.order = order;
    for (const head of this.heads) head.removeAttribute("aria-sort");
    this.sheet.arrange(rows);
    this.dispatchEvent(new Event("change"));
  }
}

/**
 * Marks by number, then codes in the order of the list.
 * @param {Item} item
 * @param {string} text
 * @returns {number | undefined} nothing for a blank
 */
export function rankOf(item, text) {
  if (!text) return undefined;
  const code = item.values.findIndex((choice) => choice.code === text);
  if (code >= 0) return (item.marks ? item.marks.highest + 1 : 0) + code;
  return Number(text) || 0;
}
