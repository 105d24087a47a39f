/** Who put what in a cell, and when: the server's own table, in a dialog. */

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./sheet.js").Sheet} Sheet */

export class CellHistory {
  /**
   * @param {HTMLDialogElement} dialog
   * @param {{sheet: Sheet, address: string, leave: () => void}} parts
   */
  constructor(dialog, { sheet, address, leave }) {
    this.dialog = dialog;
    this.sheet = sheet;
    this.address = address;
    this.heading = /** @type {HTMLElement} */ (dialog.querySelector("h2"));
    this.body = /** @type {HTMLElement} */ (dialog.querySelector("[data-body]"));
    dialog.addEventListener("close", leave);
    dialog.querySelector("button")?.addEventListener("click", () => dialog.close());
  }

  /** @param {Cell} cell */
  async open(cell) {
    this.heading.textContent = this.sheet.name(cell);
    this.body.textContent = "Looking…";
    this.dialog.showModal();
    this.body.innerHTML = await this.fetch(cell);
  }

  /**
   * @param {Cell} cell
   * @returns {Promise<string>} a piece of the server's own page
   */
  async fetch(cell) {
    const { pupil = "", item = "" } = cell.dataset;
    const address = this.address.replace("/0/ITEM/", `/${pupil}/${encodeURIComponent(item)}/`);
    const response = await fetch(address, { credentials: "same-origin" }).catch(() => undefined);
    if (response?.ok && !response.redirected) return response.text();
    return "<p>The history could not be fetched. Close this and try again.</p>";
  }
}
