/** A pasted block: looked at by the server first, and shown where some of it is not taken. */

import { cellCount, pupilCount, valueCount } from "./counts.js";
import { NotTaken } from "./not-taken.js";
import { PasteDialog, pupilsOf } from "./paste-dialog.js";

/** @typedef {import("./not-taken.js").Edits} Edits */
/** @typedef {import("./not-taken.js").Refusal} Refusal */

const PUT_IN = "Put them in, to correct";
const SHIFTED =
  "Nothing of the first row or the first column could go in. Where it is headings or names, every value stands one place off: paste nothing, and copy the values alone or with the pupils’ names.";

export class Pasting {
  /**
   * @param {HTMLDialogElement} dialog
   * @param {{actions: import("./actions.js").Actions, saver: import("./saving.js").Saver, address: string}} parts
   */
  constructor(dialog, { actions, saver, address }) {
    this.actions = actions;
    this.notTaken = new NotTaken({ sheet: actions.sheet, saver, address });
    this.dialog = new PasteDialog(dialog, actions, {
      put: (edits) => this.put(edits),
      leave: () => actions.selection.focus(),
    });
    /** @type {(() => Promise<void>) | undefined} */
    this.again = undefined;
  }

  /**
   * @param {Edits} edits
   * @param {number} beyond how many values fell outside the grid
   */
  async paste(edits, beyond) {
    if (edits.length + beyond < 2) return this.put(edits);
    this.again = () => this.paste(edits, beyond);
    this.dialog.askNobody();
    const refused = await this.notTaken.of(edits);
    if (!refused.length && !beyond && !this.dialog.open) return this.put(edits);
    const outside = `${cellCount(beyond)} would fall outside the grid: the block is larger than what is shown from here.`;
    const notes = [beyond ? outside : "", this.notTaken.shifted(edits, refused) ? SHIFTED : ""].filter(Boolean);
    const title = refused.length
      ? `${refused.length} of ${edits.length + beyond} pasted values would not be taken`
      : "Some of what you pasted falls outside the grid";
    const good = edits.length - refused.length;
    this.dialog.ask(edits, { title, notes, refused, yes: good ? `Paste the other ${good}` : PUT_IN, sure: !notes.includes(SHIFTED) });
  }

  /**
   * A block that says itself where its values go: shown first, always.
   * @param {import("./addressed.js").Addressed} block
   */
  async pasteAddressed({ edits, notes, lost }) {
    this.again = () => this.pasteAddressed({ edits, notes, lost });
    const refused = await this.notTaken.of(edits);
    const { places } = this.actions.sheet;
    const shown = edits.filter(([cell]) => places.has(cell));
    const hidden = edits.filter(([cell]) => !places.has(cell));
    const offer = (/** @type {Edits} */ chosen) => this.offer(chosen, { notes, lost, refused });
    this.dialog.askWhom(shown, hidden, offer);
    offer(shown);
  }

  /**
   * @param {Edits} edits
   * @param {{notes: string[], lost: Refusal[], refused: Refusal[]}} found of all that was pasted
   */
  offer(edits, { notes, lost, refused }) {
    const cells = new Set(edits.map(([cell]) => cell));
    const of = refused.filter(({ cell }) => cell && cells.has(cell));
    const good = edits.length - of.length;
    const title = `${valueCount(good)} for ${pupilCount(pupilsOf(edits))}`;
    const yes = good || !edits.length ? `Paste ${valueCount(good)}` : PUT_IN;
    this.dialog.ask(edits, { title, notes, refused: [...lost, ...of], yes, sure: good > 0 });
  }

  /** A lock has come or gone while the block is being looked at. */
  lookAgain() {
    if (this.dialog.open) void this.again?.();
  }

  /** @param {Edits} edits */
  put(edits) {
    this.actions.make("paste", edits);
  }
}
