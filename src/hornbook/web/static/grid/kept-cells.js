/** What is typed and not yet at the server is kept in this browser, and taken up again when the grid is opened. */

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("../hornbook/kept.js").Kept} Kept */

export class KeptCells {
  /**
   * @param {import("../hornbook/kept.js").Drawer} drawer
   * @param {{sheet: import("./sheet.js").Sheet, saver: import("./saving.js").Saver, marks: import("./marks.js").Marks, changes: import("./changes.js").Changes}} parts
   */
  constructor(drawer, { sheet, saver, marks, changes }) {
    this.drawer = drawer;
    this.sheet = sheet;
    this.saver = saver;
    this.marks = marks;
    this.changes = changes;
    /** @type {Set<Cell>} */
    this.inside = new Set();
    this.takeUp();
    changes.addEventListener("change", () => this.keep());
    // Signing out elsewhere has emptied the drawer; what stands here comes back with the person.
    document.addEventListener("click", ({ target }) => {
      if (target instanceof Element && target.closest("[data-sign-in]")) this.keep();
    }, { capture: true });
  }

  /** What was typed before the page was opened again goes on its way once more. */
  takeUp() {
    for (const { pupil, item, value, base } of Object.values(this.drawer.all())) {
      const cell = this.sheet.find(pupil, item);
      if (!cell || this.sheet.text(cell) === value) this.drawer.drop({ pupil, item });
      else {
        cell.dataset.version = String(base ?? "");
        this.inside.add(cell);
        this.changes.put("grid", [[cell, value]]);
      }
    }
  }

  keep() {
    const now = new Set([...this.marks.wrong(), ...this.saver.waiting()]);
    if (!now.size && !this.inside.size) return;
    const all = this.drawer.all();
    for (const cell of this.inside) delete all[keyOf(cell)];
    for (const cell of now) all[keyOf(cell)] = this.kept(cell);
    this.drawer.write(all);
    this.inside = now;
  }

  /**
   * @param {Cell} cell
   * @returns {Kept}
   */
  kept(cell) {
    const { pupil, item = "", version } = cell.dataset;
    return { pupil: Number(pupil), item, value: this.sheet.text(cell), base: version ? Number(version) : null };
  }
}

/** @param {Cell} cell */
function keyOf({ dataset }) {
  return `${dataset.pupil} ${dataset.item}`;
}
