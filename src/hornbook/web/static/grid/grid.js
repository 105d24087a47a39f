/** Brings the grid on the page to life: makes the parts and joins them. */

import { Announcer } from "./announce.js";
import { CellHistory } from "./cell-history.js";
import { cellCount, Changes } from "./changes.js";
import { fromText, lay, toText } from "./clipboard.js";
import { Editor } from "./editing.js";
import * as fill from "./fill.js";
import { Filter, showMissing } from "./filter.js";
import { Handles } from "./handles.js";
import { History } from "./history.js";
import { Keyboard } from "./keyboard.js";
import { Marks } from "./marks.js";
import { Menu } from "./menu.js";
import { Moving } from "./moving.js";
import { Note } from "./note.js";
import { PickList } from "./picklist.js";
import { Pointer } from "./pointer.js";
import { Saver } from "./saving.js";
import { Selection } from "./selection.js";
import { Sheet } from "./sheet.js";
import { choicesFor, Status } from "./status.js";
import { showTotals } from "./totals.js";

/** @typedef {import("./sheet.js").Cell} Cell */
/** @typedef {import("./saving.js").Source} Source */
/** @typedef {import("./menu.js").Entry} Entry */

const FEW = 12;

/**
 * @template {HTMLElement} T
 * @param {string} id
 * @returns {T}
 */
function part(id) {
  return /** @type {T} */ (document.getElementById(id));
}

/** The token against forged requests: the cookie where it can be read, else the form's. */
function token() {
  const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector("[name=csrfmiddlewaretoken]"));
  return cookie?.[1] ?? field?.value ?? "";
}

class Grid {
  /** @param {HTMLTableElement} table */
  constructor(table) {
    const data = JSON.parse(part("grid-data").textContent ?? "{}");
    this.sheet = new Sheet(table, data);
    this.announcer = new Announcer(part("grid-live"));
    this.marks = new Marks(part("grid-reasons"));
    this.selection = new Selection(this.sheet);
    this.moving = new Moving(this.sheet, this.selection);
    this.saver = new Saver(table.dataset.saveUrl ?? "", token);
    this.changes = new Changes({ ...this, history: new History() });
    this.editor = new Editor(this.sheet, (cell, value) => this.make("grid", [[cell, value]]));
    const leave = () => this.selection.focus();
    this.menu = new Menu(leave);
    this.past = new CellHistory(part("grid-history"), { sheet: this.sheet, address: table.dataset.historyUrl ?? "", leave });
    this.picks = new PickList(this.sheet, {
      pick: (cell, code) => this.make("grid", [[cell, code]]),
      below: (cell) => this.walk(cell),
      leave,
    });
    this.joinPage(table);
    this.joinKeys(table);
    this.joinMouse(table);
    this.joinClipboard();
    table.dataset.ready = "true";
  }

  /** @param {HTMLTableElement} table */
  joinPage(table) {
    const { sheet, marks, saver, changes, announcer } = this;
    new Note(part("grid-note"), { sheet, marks });
    new Status({ saved: part("grid-saved"), problems: part("grid-problems") }, { sheet, saver, marks, changes }, (cell) => this.goTo(cell));
    this.filter = new Filter(part("grid-filter"), sheet, announcer);
    this.filter.addEventListener("change", () => {
      this.selection.keepOnScreen();
      part("grid-none").hidden = sheet.height > 0;
      showTotals(sheet);
    });
    this.filter.addEventListener("found", () => this.selection.moveTo(sheet.at(0, 0)));
    changes.addEventListener("missing", (event) => showMissing(sheet, /** @type {CustomEvent} */ (event).detail));
    changes.addEventListener("change", () => this.showTotalsSoon());
    addEventListener("beforeunload", (event) => {
      if (saver.unsaved || this.editor.cell) event.preventDefault();
    });
    part("grid-undo").addEventListener("click", () => this.goBack(changes.undo()));
    part("grid-redo").addEventListener("click", () => this.goBack(changes.redo()));
    part("grid-print").addEventListener("click", () => print());
    showTotals(sheet);
    const wanted = sheet.table.querySelector(`td${CSS.escape(location.hash) ? `[id="${CSS.escape(location.hash.slice(1))}"]` : ""}`);
    if (location.hash && wanted) this.goTo(/** @type {Cell} */ (wanted));
    table.addEventListener("focusin", (event) => this.focused(event.target));
  }

  showTotalsSoon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      showTotals(this.sheet);
    });
  }

  /**
   * Whatever brought the focus to a cell, it is the current one.
   * @param {EventTarget | null} target
   */
  focused(target) {
    const cell = /** @type {Cell} */ (target);
    if (target !== this.selection.active && this.sheet.places.has(cell)) this.selection.settleOn(cell);
  }

  /** @param {HTMLTableElement} table */
  joinKeys(table) {
    new Keyboard(table, {
      editing: () => this.editor.cell !== undefined,
      type: () => this.type(),
      inCell: this.cellKeys(),
      inEditor: this.editorKeys(),
    });
  }

  /** @returns {Record<string, import("./keyboard.js").Command>} */
  cellKeys() {
    const { moving } = this;
    const list = () => this.openList();
    const clear = () => this.clear();
    const menu = () => this.openMenuAtCell();
    return {
      ...arrows("", (down, across) => moving.step(down, across)),
      ...arrows("Shift+", (down, across) => moving.stretch(down, across)),
      ...arrows("Ctrl+", (down, across) => moving.leap(down, across)),
      ...arrows("Ctrl+Shift+", (down, across) => moving.stretchLeap(down, across)),
      Home: () => moving.rowEnd(-1),
      End: () => moving.rowEnd(1),
      "Ctrl+Home": () => moving.corner(-1),
      "Ctrl+End": () => moving.corner(1),
      PageUp: () => moving.page(-1),
      PageDown: () => moving.page(1),
      Tab: () => moving.tab(1),
      "Shift+Tab": () => moving.tab(-1),
      Enter: () => moving.step(1, 0),
      "Shift+Enter": () => moving.step(-1, 0),
      "Ctrl+a": () => moving.all(),
      "Ctrl+Space": () => moving.columns(),
      "Shift+Space": () => moving.wholeRows(),
      F2: () => this.amend(),
      Space: list,
      "Alt+ArrowDown": list,
      Escape: () => this.escape(),
      Delete: clear,
      Backspace: clear,
      "Ctrl+d": () => this.make("grid", fill.down(this.sheet, this.selection.range())),
      "Ctrl+r": () => this.make("grid", fill.right(this.sheet, this.selection.range())),
      "Ctrl+z": () => this.goBack(this.changes.undo()),
      "Ctrl+y": () => this.goBack(this.changes.redo()),
      "Ctrl+Shift+z": () => this.goBack(this.changes.redo()),
      ContextMenu: menu,
      "Shift+F10": menu,
    };
  }

  /** @returns {Record<string, import("./keyboard.js").Command>} */
  editorKeys() {
    const { editor, moving } = this;
    const then = (/** @type {import("./keyboard.js").Command} */ move) => () => {
      editor.commit();
      return move();
    };
    const sideways = (/** @type {number} */ across) => () => {
      if (editor.within) return false;
      editor.commit();
      moving.step(0, across);
    };
    return {
      Enter: then(() => moving.step(1, 0)),
      "Shift+Enter": then(() => moving.step(-1, 0)),
      "Ctrl+Enter": () => this.fillTyped(),
      ArrowUp: then(() => moving.step(-1, 0)),
      ArrowDown: then(() => moving.step(1, 0)),
      ArrowLeft: sideways(-1),
      ArrowRight: sideways(1),
      Tab: then(() => moving.tab(1)),
      "Shift+Tab": then(() => moving.tab(-1)),
      Escape: () => editor.cancel(),
      F2: () => void (editor.within = true),
      "Alt+ArrowDown": () => {
        editor.cancel();
        this.openList();
      },
    };
  }

  /** @param {HTMLTableElement} table */
  joinMouse(table) {
    const pointer = new Pointer(table, this.selection, {
      act: (cell) => this.act(cell),
      clicked: (cell) => this.cycle(cell),
      menu: (cell, x, y) => this.openMenu(cell, { left: x, top: y, bottom: y }),
      fill: (from) => this.make("grid", fill.over(this.sheet, from, this.selection.range())),
    });
    new Handles(/** @type {HTMLElement} */ (table.parentElement), this.selection, {
      fill: () => pointer.startFill(),
      list: () => this.openList(),
    });
    table.addEventListener("click", (event) => this.heading(event.target));
  }

  joinClipboard() {
    document.addEventListener("copy", (event) => this.copy(event));
    document.addEventListener("cut", (event) => {
      if (this.copy(event)) this.clear();
    });
    document.addEventListener("paste", (event) => this.paste(event));
  }

  /**
   * @param {Source} source
   * @param {[Cell, string][]} edits
   */
  make(source, edits) {
    const { closed } = this.changes.make(source, edits);
    if (!closed.length) return;
    const [first] = closed;
    const why = `${this.sheet.name(first)}: ${this.sheet.closed(first)}`;
    this.announcer.say(closed.length === 1 ? why : `${cellCount(closed.length)} left as they were. ${why}`);
  }

  /** The current cell where it may be written in; else says why not. */
  openCell() {
    const cell = this.selection.active;
    if (!cell || !this.sheet.closed(cell)) return cell;
    this.announcer.say(`${this.sheet.name(cell)}: ${this.sheet.closed(cell)}`);
    return undefined;
  }

  type() {
    const cell = this.openCell();
    if (cell) this.editor.replace(cell);
  }

  amend() {
    const cell = this.openCell();
    if (cell) this.editor.amend(cell);
  }

  /** Delete is for the open cells of the block; alone on a closed one it says why not. */
  clear() {
    const cells = this.selection.cells();
    if (cells.length > 1 || this.openCell()) this.make("grid", cells.map((cell) => [cell, ""]));
  }

  escape() {
    const { active } = this.selection;
    part("grid-note").hidden = true;
    if (active && !this.changes.giveUp(active)) this.selection.moveTo(active);
  }

  fillTyped() {
    const value = this.editor.box.value;
    const cells = this.selection.cells();
    this.editor.cancel();
    this.make("grid", cells.map((cell) => [cell, value]));
  }

  /** @param {Cell} cell what a double click, or a second tap, does */
  act(cell) {
    if (this.cycling || this.selection.active !== cell) return;
    if (this.sheet.item(cell).marks) this.amend();
    else this.openList();
  }

  get cycling() {
    const box = /** @type {HTMLInputElement | null} */ (document.getElementById("grid-cycle"));
    return box?.checked ?? false;
  }

  /** @param {Cell} cell click to cycle: the next code of a column that has codes alone */
  cycle(cell) {
    const { marks, values } = this.sheet.item(cell);
    if (!this.cycling || marks) return;
    const codes = ["", ...values.map(({ code }) => code)];
    const next = codes[(codes.indexOf(this.sheet.text(cell)) + 1) % codes.length];
    if (this.openCell()) this.make("grid", [[cell, next]]);
  }

  openList() {
    const cell = this.openCell();
    if (!cell) return;
    if (this.marks.state(cell) === "conflict") this.openMenuAtCell();
    else if (this.sheet.item(cell).values.length) this.picks.open(cell);
    else this.editor.amend(cell);
  }

  /**
   * @param {Cell} cell
   * @returns {Cell | undefined} the next open cell down the column, now the current one
   */
  walk(cell) {
    const { row, column } = this.sheet.place(cell);
    const next = this.sheet.shown.slice(row + 1).map((cells) => cells[column]).find((below) => !this.sheet.closed(below));
    this.selection.moveTo(next);
    return next;
  }

  openMenuAtCell() {
    const cell = this.selection.active;
    if (cell) this.openMenu(cell, cell.getBoundingClientRect());
  }

  /**
   * @param {Cell} cell
   * @param {{left: number, top: number, bottom: number}} beside
   */
  openMenu(cell, beside) {
    const closed = this.sheet.closed(cell);
    const entries = closed ? [] : this.settingEntries(cell);
    entries.push({ label: "History of this cell", run: () => void this.past.open(cell) });
    this.menu.open(this.sheet.name(cell), entries, beside);
  }

  /**
   * @param {Cell} cell
   * @returns {Entry[]}
   */
  settingEntries(cell) {
    const { sheet, changes, selection } = this;
    const cells = selection.cells();
    const set = (/** @type {string} */ value) => () => this.make("grid", cells.map((one) => [one, value]));
    const clash = this.marks.state(cell) === "conflict" ? [...choicesFor(sheet, changes, cell), { label: "" }] : [];
    const codes = sheet.item(cell).values.slice(0, FEW).map(({ code, title }) => ({ label: title, code, run: set(code) }));
    const value = sheet.text(cell);
    const blanks = fill.blanks(sheet, sheet.place(cell).column, value);
    const filling = value && blanks.length ? [{ label: `Put ${value} in the ${cellCount(blanks.length)} blank in this column`, run: () => this.make("grid", blanks) }] : [];
    const line = codes.length ? [{ label: "" }] : [];
    return [...clash, ...codes, ...line, { label: "Clear", keys: "Delete", run: set("") }, ...filling];
  }

  /**
   * A column's heading selects the column; a pupil's name the row.
   * @param {EventTarget | null} target
   */
  heading(target) {
    const head = target instanceof Element ? target.closest("th") : null;
    if (!head) return;
    const column = [...this.sheet.items.keys()].indexOf(head.dataset.column ?? "");
    const row = this.sheet.shown.findIndex((cells) => cells[0].parentElement === head.parentElement);
    const { sheet, selection } = this;
    if (column >= 0) selection.select(sheet.at(0, column), sheet.near(sheet.height, column));
    else if (row >= 0) selection.select(sheet.at(row, 0), sheet.near(row, sheet.width));
  }

  /** Whether the clipboard's keys are meant for the grid. */
  get hasFocus() {
    return !this.editor.cell && this.selection.active !== undefined && document.activeElement === this.selection.active;
  }

  /**
   * @param {ClipboardEvent} event
   * @returns {boolean} whether it was ours to copy
   */
  copy(event) {
    if (!this.hasFocus) return false;
    const block = this.selection.block();
    event.clipboardData?.setData("text/plain", toText(block.map((row) => row.map((cell) => this.sheet.text(cell)))));
    event.preventDefault();
    this.announcer.say(`${cellCount(block.flat().length)} copied.`);
    return true;
  }

  /** @param {ClipboardEvent} event */
  paste(event) {
    if (!this.hasFocus) return;
    event.preventDefault();
    const text = event.clipboardData?.getData("text/plain") ?? "";
    if (!text) return;
    const { edits, beyond } = lay(this.sheet, this.selection.range(), fromText(text));
    const [first, last] = [edits[0], edits[edits.length - 1]];
    this.make("paste", edits);
    this.selection.select(first?.[0], last?.[0]);
    if (beyond) this.announcer.say(`${beyond} values fell outside the grid and were left out.`);
  }

  /** @param {Cell[]} cells after undo or redo: show where it happened */
  goBack(cells) {
    const [first] = cells.filter((cell) => this.sheet.places.has(cell));
    if (first) this.selection.moveTo(first);
  }

  /** @param {Cell} cell */
  goTo(cell) {
    if (!this.sheet.places.has(cell)) {
      /** @type {HTMLFormElement} */ (part("grid-filter")).reset();
      this.filter?.apply();
    }
    this.selection.moveTo(cell);
  }
}

/**
 * @param {string} held
 * @param {(down: number, across: number) => void} go
 */
function arrows(held, go) {
  return {
    [`${held}ArrowUp`]: () => go(-1, 0),
    [`${held}ArrowDown`]: () => go(1, 0),
    [`${held}ArrowLeft`]: () => go(0, -1),
    [`${held}ArrowRight`]: () => go(0, 1),
  };
}

const table = document.getElementById("grid");
if (table instanceof HTMLTableElement) new Grid(table);
