/** The last row: how many of the pupils on screen have an entry, column by column. */

/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./sheet.js").Item} Item */

/**
 * @param {Sheet} sheet
 */
export function showTotals(sheet) {
  const row = sheet.table.tFoot?.rows[0];
  if (!row) return;
  const shown = row.querySelector("[data-shown]");
  if (shown) shown.textContent = `of ${sheet.height}`;
  [...sheet.items.values()].forEach((item, column) => {
    const cell = row.querySelector(`[data-total="${CSS.escape(item.code)}"]`);
    if (cell instanceof HTMLElement) showTotal(cell, item, counts(sheet, column));
  });
}

/**
 * @param {Sheet} sheet
 * @param {number} column
 */
function counts(sheet, column) {
  /** @type {Map<string, number>} */
  const tally = new Map();
  for (const row of sheet.shown) {
    const text = sheet.text(row[column]);
    if (text) tally.set(text, (tally.get(text) ?? 0) + 1);
  }
  return tally;
}

/**
 * @param {HTMLElement} cell
 * @param {Item} item
 * @param {Map<string, number>} tally
 */
function showTotal(cell, item, tally) {
  const total = [...tally.values()].reduce((sum, count) => sum + count, 0);
  const codes = item.values.filter(({ code }) => tally.has(code));
  const marks = total - codes.reduce((sum, { code }) => sum + (tally.get(code) ?? 0), 0);
  const parts = codes.map(({ code, title }) => `${code} (${title}): ${tally.get(code)}`);
  if (marks) parts.unshift(`marks: ${marks}`);
  cell.textContent = String(total);
  cell.title = `${item.title}. Entered: ${total}. ${parts.join(", ")}`;
}
