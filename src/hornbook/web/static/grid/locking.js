/** A lock that comes or goes while the grid stands open. */

import { valueCount } from "./counts.js";
import { element } from "./popup.js";

/** @typedef {{told: string, grid: string, pupils: Record<string, string>}} Locks */
/** @typedef {import("./cells.js").Cell} Cell */

export class Locking {
  /**
   * @param {{told: HTMLElement, saved: HTMLElement}} places above the grid
   * @param {{sheet: import("./sheet.js").Sheet, changes: import("./changes.js").Changes, editor: import("./editing.js").Editor, leave: () => void}} parts
   */
  constructor({ told, saved }, { sheet, changes, editor, leave }) {
    this.place = told;
    this.saved = saved;
    this.sheet = sheet;
    this.changes = changes;
    this.editor = editor;
    this.leave = leave;
    /** @type {HTMLElement[]} what serves nothing but entering */
    this.entering = [...document.querySelectorAll("[data-entering]")].map((one) => /** @type {HTMLElement} */ (one));
  }

  /** @param {Locks} locks */
  take(locks) {
    this.keepTyped(locks);
    this.sheet.locked = locks.grid;
    for (const [id, words] of Object.entries(locks.pupils)) {
      const pupil = this.sheet.pupils.get(id);
      if (pupil) pupil.locked = words;
    }
    this.showEntering();
    this.say(locks);
  }

  /** What serves entering is there while anything may be entered; the focus is not lost with it. */
  showEntering() {
    const { shut } = this.sheet;
    const focused = this.entering.some((one) => one.contains(document.activeElement));
    for (const one of this.entering) one.hidden = shut;
    // Once there it stays: what is not saved may stand in it.
    if (!shut) this.saved.hidden = false;
    if (shut && focused) this.leave();
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
  say({ told, grid }) {
    const kept = this.kept();
    const words = kept.length ? `${told} ${valueCount(kept.length)} that you typed ${kept.length === 1 ? "is" : "are"} not saved.` : told;
    const again = !grid && kept.length ? [" ", this.tryAgain(kept)] : [];
    this.place.hidden = false;
    this.place.replaceChildren(words, ...again);
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
