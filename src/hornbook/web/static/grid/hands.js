/** What a person does with keys, mouse and finger, joined to what it does to the cells. */

import { CellHistory } from "./cell-history.js";
import { Clash } from "./clash.js";
import { Editor } from "./editing.js";
import { Entering } from "./entry.js";
import { Filling } from "./filling.js";
import { Handles } from "./handles.js";
import { Headings } from "./headings.js";
import { Keyboard } from "./keyboard.js";
import { cellKeys, editorKeys } from "./keys.js";
import { Menu } from "./menu.js";
import { Moving } from "./moving.js";
import { part } from "./part.js";
import { PickList } from "./picklist.js";
import { Pointer } from "./pointer.js";

/**
 * @param {HTMLTableElement} table
 * @param {object} parts
 * @param {import("./sheet.js").Sheet} parts.sheet
 * @param {import("./selection.js").Selection} parts.selection
 * @param {import("./actions.js").Actions} parts.actions
 * @param {import("./sorting.js").Sorting} parts.sorting
 * @param {import("./clipboard.js").Clipboard} parts.clipboard
 * @param {() => void} parts.leave
 */
export function joinHands(table, { sheet, selection, actions, sorting, clipboard, leave }) {
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
  part("grid-undo")?.addEventListener("click", () => actions.undo());
  part("grid-redo")?.addEventListener("click", () => actions.redo());
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
