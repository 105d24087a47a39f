/** A link to the grid may lead to one of its cells. */

import { part } from "./part.js";

/** @typedef {import("./cells.js").Cell} Cell */

/**
 * A finding's link ends in the name of its cell: go there.
 * @param {HTMLTableElement} table
 * @param {(cell: Cell) => void} go
 */
export function goToAddress(table, go) {
  const cell = location.hash && part(decodeURIComponent(location.hash.slice(1)));
  if (!cell || !table.contains(cell) || !cell.dataset.item) return;
  go(cell);
  // The browser goes there by itself too, and would leave the cell under the headings, or
  // take what the page says at its top out of sight.
  const told = document.querySelector("main .hb-notice");
  const settle = () => {
    cell.scrollIntoView({ block: "center", inline: "nearest" });
    told?.scrollIntoView({ block: "start" });
  };
  addEventListener("load", settle, { once: true });
}
