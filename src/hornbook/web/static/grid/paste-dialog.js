/** Before a block is pasted: what would not be taken of it, whom it is for, and whether to go on. */

import { pupilCount, valueCount } from "./counts.js";
import { called } from "./names.js";
import { element } from "./popup.js";

/** @typedef {import("./not-taken.js").Edits} Edits */
/** @typedef {import("./not-taken.js").Refusal} Refusal */

const LISTED = 200;
const NAMED = 10;

export class PasteDialog {
  /**
   * @param {HTMLDialogElement} dialog
   * @param {{sheet: import("./sheet.js").Sheet, announcer: import("./announce.js").Announcer}} parts
   * @param {{put: (edits: Edits) => void, leave: () => void}} does
   */
  constructor(dialog, { sheet, announcer }, does) {
    this.dialog = dialog;
    this.sheet = sheet;
    this.announcer = announcer;
    this.does = does;
    /** @type {Edits} */
    this.edits = [];
    this.choice = /** @type {HTMLElement} */ (dialog.querySelector("[data-choice]"));
    this.body = /** @type {HTMLElement} */ (dialog.querySelector("[data-body]"));
    this.title = /** @type {HTMLElement} */ (dialog.querySelector("h2"));
    this.yes = /** @type {HTMLButtonElement} */ (dialog.querySelector("[value=paste]"));
    this.no = /** @type {HTMLButtonElement} */ (dialog.querySelector("[value='']"));
    dialog.addEventListener("close", () => this.closed());
  }

  get open() {
    return this.dialog.open;
  }

  /**
   * @param {Edits} edits
   * @param {{title: string, notes: string[], refused: Refusal[], yes: string, sure: boolean}} words
   */
  ask(edits, { title, notes, refused, yes, sure }) {
    this.edits = edits;
    this.title.textContent = title;
    const lines = refused
      .slice(0, LISTED)
      .map(({ who, value, reason }) => element("li", {}, element("b", {}, who), `: ${value || "blank"}. ${reason}`));
    const more = refused.length - LISTED;
    if (more > 0) lines.push(element("li", {}, `and ${more} more`));
    const said = notes.map((note) => element("p", {}, note));
    this.body.replaceChildren(...said, ...(lines.length ? [element("ul", {}, ...lines)] : []));
    this.yes.textContent = yes;
    this.yes.hidden = !edits.length;
    this.yes.autofocus = sure;
    this.no.autofocus = !sure;
    this.dialog.returnValue = "";
    if (!this.dialog.open) this.dialog.showModal();
    this.announcer.say(`${title}. ${notes.join(" ")}`);
  }

  /** All of it is for pupils who are shown. */
  askNobody() {
    this.choice.replaceChildren();
  }

  /**
   * Of values for pupils whom a filter hides: leave them out, or put them in all the same.
   * @param {Edits} shown
   * @param {Edits} hidden
   * @param {(edits: Edits) => void} offer
   */
  askWhom(shown, hidden, offer) {
    this.choice.replaceChildren(...(hidden.length ? [this.whom(shown, hidden, offer)] : []));
  }

  /**
   * @param {Edits} shown
   * @param {Edits} hidden
   * @param {(edits: Edits) => void} offer
   */
  whom(shown, hidden, offer) {
    const names = [...new Set(hidden.map(([cell]) => called(this.sheet.pupil(cell))))];
    const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : "";
    const words = `${valueCount(hidden.length)} of what you pasted ${hidden.length === 1 ? "is" : "are"} for ${pupilCount(pupilsOf(hidden))} whom the filter hides: ${names.slice(0, NAMED).join("; ")}${more}.`;
    const only = radio(`Only the pupils shown: ${valueCount(shown.length)}`, () => offer(shown));
    const all = radio(`All: ${valueCount(shown.length + hidden.length)}, with those of the pupils who are hidden`, () => offer([...shown, ...hidden]));
    /** @type {HTMLInputElement} */ (only.firstChild).checked = true;
    return element("fieldset", { class: "grid-whom" }, element("legend", {}, words), only, all);
  }

  /** What is not taken is put in too where it can be, marked, to be corrected in its place. */
  closed() {
    const { edits } = this;
    this.edits = [];
    this.does.leave();
    if (this.dialog.returnValue === "paste") this.does.put(edits);
    else this.announcer.say("Nothing was pasted.");
  }
}

/**
 * @param {Edits} edits
 * @returns {number} how many pupils they are of
 */
export function pupilsOf(edits) {
  return new Set(edits.map(([cell]) => cell.dataset.pupil)).size;
}

/**
 * @param {string} label
 * @param {() => void} chosen
 */
function radio(label, chosen) {
  const input = element("input", { type: "radio", name: "whom" });
  input.addEventListener("change", chosen);
  return element("label", {}, input, ` ${label}`);
}
