/** The last row: how many of the pupils on screen have an entry, column by column. */

/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./sheet.js").Item} Item */

export class Totals {
  /** @param {Sheet} sheet */
  constructor(sheet) {
    this.sheet = sheet;
    /** @type {number | undefined} */
    this.frame = undefined;
  }

  /** Once a frame is enough. */
  later() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.show();
    });
  }

  show() {
    const row = this.sheet.table.tFoot?.rows[0];
    const shown = row?.querySelector("[data-shown]");
    if (!row || !shown) return;
    shown.textContent = `of ${this.sheet.height}`;
    const cells = /** @type {NodeListOf<HTMLElement>} */ (row.querySelectorAll("[data-total]"));
    [...this.sheet.items.values()].forEach((item, column) =>
      showTotal(cells[column], item, this.count(column)),
    );
  }

  /**
   * @param {number} column
   * @returns {Map<string, number>} how many pupils have each value
   */
  count(column) {
    const tally = new Map();
    for (const row of this.sheet.shown) {
      const text = this.sheet.text(row[column]);
      if (text) tally.set(text, (tally.get(text) ?? 0) + 1);
    }
    return tally;
  }
}

/**
 * @param {HTMLElement} cell
 * @param {Item} item
 * @param {Map<string, number>} tally
 */
function showTotal(cell, item, tally) {
  const total = sum(tally.values());
  const codes = item.values.filter(({ code }) => tally.has(code));
  const marks = total - sum(codes.map(({ code }) => tally.get(code) ?? 0));
  const parts = codes.map(({ code, title }) => `${code} (${title}): ${tally.get(code)}`);
  if (marks) parts.unshift(`a mark: ${marks}`);
  cell.textContent = String(total);
  cell.title = [`${item.title}: ${total} entered`, ...parts].join("\n");
}

/** @param {Iterable<number>} numbers */
function sum(numbers) {
  return [...numbers].reduce((total, number) => total + number, 0);
}
