/** Typing in a cell: a small text box in the cell's own place, until it is done or given up. */

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./sheet.js").Sheet} Sheet */

export class Editor {
  /**
   * @param {Sheet} sheet
   * @param {(cell: Cell, value: string) => void} commit
   */
  constructor(sheet, commit) {
    this.sheet = sheet;
    this.onCommit = commit;
    /** @type {Cell | undefined} */
    this.cell = undefined;
    /** Whether arrows move in the text (F2) and not to another cell. */
    this.within = false;
    this.before = "";
    this.box = document.createElement("input");
    this.box.type = "text";
    this.box.className = "grid-editor";
    this.box.autocomplete = "off";
    this.box.autocapitalize = "characters";
    this.box.spellcheck = false;
    this.box.addEventListener("blur", () => this.commit());
  }

  /** @param {Cell} cell begin with nothing: the key replaces what is there */
  replace(cell) {
    this.open(cell, "");
    this.within = false;
  }

  /** @param {Cell} cell begin with what is there, the cursor at its end */
  amend(cell) {
    this.open(cell, this.sheet.text(cell));
    this.within = true;
  }

  /** From now on arrows move in the text. */
  stayWithin() {
    this.within = true;
  }

  /**
   * @param {Cell} cell
   * @param {string} text
   */
  open(cell, text) {
    this.cell = cell;
    this.before = this.sheet.text(cell);
    this.box.value = text;
    this.box.inputMode = this.sheet.item(cell).values.length ? "text" : "numeric";
    this.box.setAttribute("aria-label", this.sheet.name(cell));
    cell.replaceChildren(this.box);
    this.box.focus();
    this.box.setSelectionRange(text.length, text.length);
  }

  /** Take what was typed. */
  commit() {
    const value = this.box.value;
    const cell = this.close();
    if (cell) this.onCommit(cell, value);
  }

  /** Leave the cell as it was. */
  cancel() {
    this.close();
  }

  /** @returns {Cell | undefined} the cell that was being typed in */
  close() {
    const cell = this.cell;
    if (!cell) return undefined;
    this.cell = undefined;
    const hadFocus = document.activeElement === this.box;
    this.sheet.write(cell, this.before);
    if (hadFocus) cell.focus();
    return cell;
  }
}
