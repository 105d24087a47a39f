/** Brings the grid on the page to life: makes the parts and joins them. */

import { Drawer } from "../hornbook/kept.js";
import { Actions } from "./actions.js";
import { Announcer } from "./announce.js";
import { CellHistory } from "./cell-history.js";
import { Changes } from "./changes.js";
import { Clash } from "./clash.js";
import { Clipboard } from "./clipboard.js";
import { Editor } from "./editing.js";
import { Entering } from "./entry.js";
import { Filling } from "./filling.js";
import { Filter, showMissing } from "./filter.js";
import { Handles } from "./handles.js";
import { Headings } from "./headings.js";
import { Hints } from "./hints.js";
import { History } from "./history.js";
import { KeptCells } from "./kept-cells.js";
import { KeptFilter } from "./kept-filter.js";
import { Keyboard } from "./keyboard.js";
import { cellKeys, editorKeys } from "./keys.js";
import { Live } from "./live.js";
import { Locking } from "./locking.js";
import { Marks } from "./marks.js";
import { Menu } from "./menu.js";
import { Moving } from "./moving.js";
import { Nobody } from "./nobody.js";
import { Note } from "./note.js";
import { Notice } from "./notice.js";
import { Pasting } from "./pasting.js";
import { PickList } from "./picklist.js";
import { Pointer } from "./pointer.js";
import { Saver } from "./saving.js";
import { Selection } from "./selection.js";
import { Session } from "./session.js";
import { Sheet } from "./sheet.js";
import { Signing } from "./signing.js";
import { Sorting } from "./sorting.js";
import { Status } from "./status.js";
import { Tints } from "./tints.js";
import { Totals } from "./totals.js";
import { Zoom } from "./zoom.js";

/** @typedef {import("./sheet.js").Cell} Cell */

/**
 * @param {string} id
 * @returns {any} the part of the page that the template names so
 */
function part(id) {
  return document.getElementById(id);
}

/** @param {HTMLTableElement} table */
function start(table) {
  const data = JSON.parse(part("grid-data").textContent);
  const sheet = new Sheet(table, data);
  const announcer = new Announcer(part("grid-live"));
  const marks = new Marks(part("grid-reasons"));
  const selection = new Selection(sheet);
  const saver = new Saver(table.dataset.saveUrl ?? "", new Session(part("grid-filter")));
  const changes = new Changes({ sheet, saver, history: new History(), marks, announcer });
  const actions = new Actions({ sheet, selection, changes, marks, announcer });
  const filter = new Filter(part("grid-filter"), sheet, announcer);
  const nobody = new Nobody(part("grid-none"), filter);
  const hints = new Hints(sheet);
  const tints = new Tints(sheet, part("grid-colours"));
  const totals = new Totals({ sheet, marks }, () => {
    hints.show();
    tints.show();
  });
  const go = (/** @type {Cell} */ cell) => {
    if (!sheet.places.has(cell)) filter.reset();
    selection.moveTo(cell);
  };

  const sorting = new Sorting(sheet, announcer);
  sorting.addEventListener("change", () => selection.moveTo(selection.active));
  const pasting = new Pasting(part("grid-paste"), { actions, saver, address: data.preview });
  const clipboard = new Clipboard(actions, pasting);
  const leave = () => selection.focus();
  const { editor, closeMenus } = joinHands(table, { sheet, selection, actions, sorting, clipboard, leave });
  new Zoom(table, {
    less: part("grid-smaller"),
    more: part("grid-larger"),
    now: part("grid-zoom"),
  });
  new Note(part("grid-note"), { sheet, marks });
  new Status(
    { saved: part("grid-saved"), problems: part("grid-problems") },
    { sheet, saver, marks, changes },
    go,
  );
  const live = new Live(data.changes, { sheet, changes, editing: () => editor.cell });
  const locking = new Locking(
    { told: part("grid-lock"), saved: part("grid-saved") },
    { sheet, changes, editor, leave },
  );
  live.addEventListener("locks", (event) => {
    closeMenus();
    locking.take(/** @type {CustomEvent} */ (event).detail);
    pasting.lookAgain();
  });
  new Signing(part("grid-signing"), live);
  new Notice(part("grid-notice"), live, announcer);
  filter.addEventListener("change", () => {
    selection.keepOnScreen();
    nobody.show();
    totals.show();
  });
  filter.addEventListener("found", () => selection.moveTo(sheet.at(0, 0)));
  changes.addEventListener("missing", (event) =>
    showMissing(sheet, /** @type {CustomEvent} */ (event).detail),
  );
  changes.addEventListener("missing", () => totals.later());
  changes.addEventListener("change", () => totals.later());
  joinButtons(actions);
  live.addEventListener("heard", (event) => {
    // Somebody has signed in again in another tab.
    const { heard } = /** @type {CustomEvent} */ (event).detail;
    if (heard && saver.trouble?.signedOut && !saver.session.another) void saver.retry();
  });
  new KeptCells(new Drawer(document.body.dataset.person ?? "", table.dataset.saveUrl ?? ""), { sheet, saver, marks, changes });
  warnOnLeaving(() => saver.unsaved || marks.wrong().length > 0 || editor.cell !== undefined);
  if ([...sheet.items.values()].every(({ marks: by }) => by)) part("grid-cycle")?.parentElement.remove();
  totals.show();
  new KeptFilter({ filter, sorting, sheet });
  goToAddress(table, go);
  table.dataset.ready = "true";
}

/**
 * Keys, mouse and finger.
 * @param {HTMLTableElement} table
 * @param {{sheet: Sheet, selection: Selection, actions: Actions, sorting: Sorting, clipboard: Clipboard, leave: () => void}} parts
 */
function joinHands(table, { sheet, selection, actions, sorting, clipboard, leave }) {
  const home = part("grid-note").parentElement;
  const editor = new Editor(sheet, (cell, value) => actions.make("grid", [[cell, value]]));
  const menu = new Menu(home, leave);
  const past = new CellHistory(part("grid-history"), {
    sheet,
    address: table.dataset.historyUrl ?? "",
    leave,
  });
  const picks = new PickList(home, sheet, {
    pick: (cell, code) => actions.make("grid", [[cell, code]]),
    below: (cell) => actions.below(cell),
    leave,
  });
  const filling = new Filling(actions, menu);
  const clash = new Clash(home, { actions, leave });
  const entering = new Entering({ actions, editor, picks, menu, past, filling, clipboard, sorting, clash });
  const moving = new Moving(sheet, selection);
  new Keyboard(table, {
    editing: () => editor.cell !== undefined,
    type: () => entering.type(),
    inCell: cellKeys({ actions, moving, entering }),
    inEditor: editorKeys({ moving, entering }),
  });
  const cycling = () => part("grid-cycle")?.checked;
  const pointer = new Pointer(table, selection, {
    act: () => cycling() || entering.act(),
    clicked: (cell) => cycling() && actions.cycle(cell),
    menu: (cell, x, y) => entering.menuFor(cell, { left: x, top: y, bottom: y }),
    fill: (from) => actions.fillOver(from),
  });
  const handles = new Handles(/** @type {HTMLElement} */ (table.parentElement), selection, {
    fill: () => pointer.startFill(),
    list: () => entering.list(),
  });
  new Headings(sheet, selection, {
    names: (beside) => menu.open("Sort the pupils", sorting.entries(), beside),
    column: (column, beside) =>
      filling.open(filling.column(column), beside, sorting.entries(column)),
    row: (cell, beside) => filling.open(filling.row(cell), beside),
  });
  part("grid-fill")?.addEventListener("click", () =>
    filling.open(filling.everything(), part("grid-fill").getBoundingClientRect()),
  );
  const closeMenus = () => {
    menu.dismiss();
    picks.dismiss();
    handles.later();
  };
  return { editor, closeMenus };
}

/** @param {() => boolean} isUnsaved whether something typed is not at the server */
function warnOnLeaving(isUnsaved) {
  let signingIn = false;
  document.addEventListener("click", ({ target }) => {
    // What was typed comes back with the person.
    signingIn = target instanceof Element && target.closest("[data-sign-in]") !== null;
  });
  addEventListener("beforeunload", (event) => {
    if (isUnsaved() && !signingIn) event.preventDefault();
  });
}

/** @param {Actions} actions */
function joinButtons(actions) {
  part("grid-undo")?.addEventListener("click", () => actions.undo());
  part("grid-redo")?.addEventListener("click", () => actions.redo());
  part("grid-print").addEventListener("click", () => print());
}

/**
 * A finding's link ends in the name of its cell: go there.
 * @param {HTMLTableElement} table
 * @param {(cell: Cell) => void} go
 */
function goToAddress(table, go) {
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

const table = document.getElementById("grid");
if (table instanceof HTMLTableElement) start(table);
