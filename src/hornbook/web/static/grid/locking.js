/** A lock that comes or goes while the grid stands open. */

import { valueCount } from "./changes.js";
import { openAgain } from "./notice.js";
import { element } from "./popup.js";

/** @typedef {{told: string, grid: string, pupils: Record<string, string>}} Locks */
/** @typedef {import("./sheet.js").Cell} Cell */

export class Locking {
  /**
   * @param {HTMLElement} place above the grid
   * @param {{sheet: import("./sheet.js").Sheet, changes: import("./changes.js").Changes, editor: import("./editing.js").Editor}} parts
   */
  constructor(place, { sheet, changes, editor }) {
    this.place = place;
    this.sheet = sheet;
    this.changes = changes;
    this.editor = editor;
    /** Whether the page came without the buttons of a grid that can be filled in. */
    this.bare = Boolean(sheet.locked);
  }

  /** @param {Locks} locks */
  take(locks) {
    this.keepTyped(locks);
    this.sheet.locked = locks.grid;
    for (const [id, words] of Object.entries(locks.pupils)) {
      const pupil = this.sheet.pupils.get(id);
      if (pupil) pupil.locked = words;
    }
    this.say(locks);
  }

  /**
   * What is being typed goes to the server, whose answer leaves it in its cell with the reason.
   * @param {Locks} locks
   */
  keepTyped({ grid, pupils }) {
    const { cell } = this.editor;
    if (cell && (grid || pupils[String(cell.dataset.pupil)])) this.editor.commit();
  }

  /** @param {Locks} locks */
  say({ told, grid, pupils }) {
    const locked = grid || Object.values(pupils).some(Boolean);
    const kept = this.kept();
    const words = kept.length ? `${told} ${valueCount(kept.length)} that you typed ${kept.length === 1 ? "is" : "are"} not saved.` : told;
    const again = !grid && kept.length ? [" ", this.tryAgain(kept)] : [];
    const open = !locked && this.bare ? [" ", openAgain()] : [];
    this.place.hidden = false;
    this.place.replaceChildren(words, ...again, ...open);
    this.changes.announcer.say(words);
  }

  /** @returns {Cell[]} where a value was refused */
  kept() {
    const { marks } = this.changes;
    return marks.wrong().filter((cell) => marks.state(cell) === "refused" && !this.sheet.lockOf(cell));
  }

  /** @param {Cell[]} cells */
  tryAgain(cells) {
    const button = element("button", { type: "button", class: "grid-link" }, "Try again");
    button.addEventListener("click", () => {
      this.changes.sendAgain(cells);
      this.place.hidden = true;
    });
    return button;
  }
}
