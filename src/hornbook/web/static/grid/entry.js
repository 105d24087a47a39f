/** Ways to enter a value beside plain typing: the list, the menu, amending what is there. */

import { cellCount } from "./counts.js";
import * as fill from "./fill.js";
import { choicesFor } from "./status.js";

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./menu.js").Entry} Entry */
/** @typedef {{left: number, top: number, bottom: number}} Beside */
/**
 * @typedef {object} Tools
 * @property {import("./actions.js").Actions} actions
 * @property {import("./editing.js").Editor} editor
 * @property {import("./picklist.js").PickList} picks
 * @property {import("./menu.js").Menu} menu
 * @property {import("./cell-history.js").CellHistory} past
 * @property {import("./filling.js").Filling} filling
 * @property {import("./clipboard.js").Clipboard} clipboard
 * @property {import("./sorting.js").Sorting} sorting
 * @property {import("./clash.js").Clash} clash
 */

// A menu holds the codes themselves up to this many; the rest are in the list.
const FEW = 20;

export class Entering {
  /** @param {Tools} tools */
  constructor({ actions, editor, picks, menu, past, filling, clipboard, sorting, clash }) {
    this.actions = actions;
    this.editor = editor;
    this.picks = picks;
    this.menu = menu;
    this.past = past;
    this.filling = filling;
    this.clipboard = clipboard;
    this.sorting = sorting;
    this.clash = clash;
  }

  /** The key about to be typed replaces what is in the cell. */
  type() {
    const cell = this.actions.openCell();
    if (cell) this.editor.replace(cell);
  }

  amend() {
    const cell = this.actions.openCell();
    if (cell) this.editor.amend(cell);
  }

  /** What is being typed goes into every selected cell. */
  fillTyped() {
    const { value } = this.editor.box;
    this.editor.cancel();
    this.actions.set(value);
  }

  /** A double click, or a second tap: the list of a coded cell, the text of a mark. */
  act() {
    const cell = this.actions.openCell();
    if (!cell) return;
    if (this.actions.sheet.item(cell).marks) this.editor.amend(cell);
    else this.list();
  }

  list() {
    const cell = this.actions.openCell();
    if (!cell) return;
    if (this.clash.cell) this.clash.enter();
    else if (this.actions.sheet.item(cell).values.length) this.picks.open(cell);
    else this.editor.amend(cell);
  }

  menuAtCell() {
    const cell = this.actions.selection.active;
    if (cell) this.menuFor(cell, cell.getBoundingClientRect());
  }

  /**
   * @param {Cell} cell
   * @param {Beside} beside
   */
  menuFor(cell, beside) {
    const { sheet } = this.actions;
    const entries = sheet.closed(cell) ? [] : this.settingEntries(cell);
    entries.push(this.copyEntry(), this.sortEntry(cell, beside));
    entries.push(...this.partEntries(cell, beside));
    entries.push({ label: "History of this cell", run: () => void this.past.open(cell) });
    this.menu.open(sheet.name(cell), entries, beside);
  }

  /** @returns {Entry} */
  copyEntry() {
    const run = () => this.clipboard.copyWithNames();
    return { label: "Copy with names and headings", keys: "Ctrl Shift C", run };
  }

  /**
   * @param {Cell} cell
   * @param {Beside} beside
   * @returns {Entry}
   */
  sortEntry(cell, beside) {
    const { sheet } = this.actions;
    const ways = () => [...this.sorting.entries(sheet.place(cell).column), { label: "" }, ...this.sorting.entries()];
    return { label: "Sort…", run: () => this.menu.open(`Sort: ${sheet.item(cell).title}`, ways(), beside) };
  }

  /**
   * @param {Cell} cell
   * @param {Beside} beside
   * @returns {Entry[]} the way by keys to what the headings offer the mouse
   */
  partEntries(cell, beside) {
    const { filling } = this;
    if (this.actions.sheet.locked) return [];
    const { column } = this.actions.sheet.place(cell);
    return [
      { label: "" },
      { label: "Fill this column…", run: () => filling.open(filling.column(column), beside) },
      { label: "Fill this pupil’s row…", run: () => filling.open(filling.row(cell), beside) },
      { label: "" },
    ];
  }

  /**
   * @param {Cell} cell
   * @returns {Entry[]}
   */
  settingEntries(cell) {
    const clear = { label: "Clear", keys: "Delete", run: () => this.actions.set("") };
    return [
      ...this.clashEntries(cell),
      ...this.hintEntries(cell),
      ...this.codeEntries(cell),
      clear,
      ...this.blankEntries(cell),
    ];
  }

  /**
   * @param {Cell} cell
   * @returns {Entry[]}
   */
  clashEntries(cell) {
    const { sheet, changes, marks } = this.actions;
    return marks.state(cell) === "conflict"
      ? [...choicesFor(sheet, changes, cell), { label: "" }]
      : [];
  }

  /**
   * @param {Cell} cell
   * @returns {Entry[]} what the year's table gives, to be entered by a person
   */
  hintEntries(cell) {
    const { hint } = cell.dataset;
    if (!hint) return [];
    const run = () => this.actions.make("grid", [[cell, hint]]);
    return [{ label: "What follows from the mark or the score", code: hint, run }, { label: "" }];
  }

  /**
   * @param {Cell} cell
   * @returns {Entry[]}
   */
  codeEntries(cell) {
    const { values } = this.actions.sheet.item(cell);
    if (!values.length) return [];
    if (values.length > FEW)
      return [{ label: "Choose from the list", keys: "Alt and Down", run: () => this.list() }];
    const codes = values.map(({ code, title }) => ({
      label: title,
      code,
      run: () => this.actions.set(code),
    }));
    return [...codes, { label: "" }];
  }

  /**
   * @param {Cell} cell
   * @returns {Entry[]} a code may be the same for all; a mark is each pupil's own
   */
  blankEntries(cell) {
    const { sheet } = this.actions;
    const value = sheet.text(cell);
    const blanks = fill.blanks(sheet, sheet.place(cell).column, value);
    if (!blanks.length || !this.filling.takes(cell, value)) return [];
    const label = `Put ${value} in the ${cellCount(blanks.length)} still blank in this column`;
    return [{ label, run: () => this.actions.make("grid", blanks) }];
  }
}
