/** Brings the grid on the page to life: makes the parts and joins them. */

import { Drawer } from "../hornbook/kept.js";
import { Actions } from "./actions.js";
import { Announcer } from "./announce.js";
import { Arriving } from "./arriving.js";
import { Changes } from "./changes.js";
import { Clipboard } from "./clipboard.js";
import { Filter, showMissing } from "./filter.js";
import { joinHands } from "./hands.js";
import { Hints } from "./hints.js";
import { History } from "./history.js";
import { KeptCells } from "./kept-cells.js";
import { KeptFilter } from "./kept-filter.js";
import { warnOnLeaving } from "./leaving.js";
import { goToAddress } from "./linked.js";
import { Live } from "./live.js";
import { Locking } from "./locking.js";
import { Marks } from "./marks.js";
import { Nobody } from "./nobody.js";
import { Note } from "./note.js";
import { Notice } from "./notice.js";
import { part } from "./part.js";
import { Pasting } from "./pasting.js";
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

/** @typedef {import("./cells.js").Cell} Cell */

/** @param {HTMLTableElement} table */
function start(table) {
  const data = JSON.parse(part("grid-data").textContent);
  const sheet = new Sheet(table, data);
  const announcer = new Announcer(part("grid-live"));
  const marks = new Marks(part("grid-reasons"));
  const selection = new Selection(sheet);
  const saver = new Saver(table.dataset.saveUrl ?? "", new Session(part("grid-filter")));
  const changes = new Changes({ sheet, saver, history: new History(), marks, announcer });
  const arriving = new Arriving(changes);
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
  const live = new Live(data.changes, { arriving, editing: () => editor.cell });
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
  arriving.addEventListener("missing", (event) =>
    showMissing(sheet, /** @type {CustomEvent} */ (event).detail),
  );
  arriving.addEventListener("missing", () => totals.later());
  changes.addEventListener("change", () => totals.later());
  part("grid-print").addEventListener("click", () => print());
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

const table = document.getElementById("grid");
if (table instanceof HTMLTableElement) start(table);
