/** A pasted block: looked at by the server first, and shown where some of it is not taken. */

import { cellCount, valueCount } from "./changes.js";
import { element } from "./popup.js";
import { called } from "./sheet.js";

/** @typedef {import("./sheet.js").Cell} Cell */
/** @typedef {[Cell, string][]} Edits */
/** @typedef {{who: string, value: string, reason: string, cell?: Cell}} Refusal */

const LISTED = 200;
const NAMED = 10;
const PUT_IN = "Put them in, to correct";
const SHIFTED =
  "Nothing of the first row or the first column could go in. Where it is headings or names, every value stands one place off: paste nothing, and copy the values alone or with the pupils’ names.";

export class Pasting {
  /**
   * @param {HTMLDialogElement} dialog
   * @param {{actions: import("./actions.js").Actions, saver: import("./saving.js").Saver, address: string}} parts
   */
  constructor(dialog, { actions, saver, address }) {
    this.dialog = dialog;
    this.actions = actions;
    this.saver = saver;
    this.address = address;
    this.choice = /** @type {HTMLElement} */ (dialog.querySelector("[data-choice]"));
    /** @type {(() => Promise<void>) | undefined} */
    this.again = undefined;
    this.body = /** @type {HTMLElement} */ (dialog.querySelector("[data-body]"));
    this.title = /** @type {HTMLElement} */ (dialog.querySelector("h2"));
    this.yes = /** @type {HTMLButtonElement} */ (dialog.querySelector("[value=paste]"));
    this.no = /** @type {HTMLButtonElement} */ (dialog.querySelector("[value='']"));
    dialog.addEventListener("close", () => this.closed());
  }

  /**
   * @param {Edits} edits
   * @param {number} beyond how many values fell outside the grid
   */
  async paste(edits, beyond) {
    if (edits.length + beyond < 2) return this.put(edits);
    this.again = () => this.paste(edits, beyond);
    this.choice.replaceChildren();
    const refused = [...this.closedOf(edits), ...(await this.look(edits))];
    if (!refused.length && !beyond && !this.dialog.open) return this.put(edits);
    const outside = `${cellCount(beyond)} would fall outside the grid: the block is larger than what is shown from here.`;
    const notes = [beyond ? outside : "", this.shifted(edits, refused) ? SHIFTED : ""].filter(Boolean);
    const title = refused.length
      ? `${refused.length} of ${edits.length + beyond} pasted values would not be taken`
      : "Some of what you pasted falls outside the grid";
    const good = edits.length - refused.length;
    this.ask(edits, { title, notes, refused, yes: good ? `Paste the other ${good}` : PUT_IN, sure: !notes.includes(SHIFTED) });
  }

  /**
   * A block that says itself where its values go: shown first, always.
   * @param {import("./addressed.js").Addressed} block
   */
  async pasteAddressed({ edits, notes, lost }) {
    this.again = () => this.pasteAddressed({ edits, notes, lost });
    const refused = [...this.closedOf(edits), ...(await this.look(edits))];
    const { places } = this.actions.sheet;
    const shown = edits.filter(([cell]) => places.has(cell));
    const hidden = edits.filter(([cell]) => !places.has(cell));
    const offer = (/** @type {Edits} */ chosen) => this.offer(chosen, { notes, lost, refused });
    this.choice.replaceChildren(...(hidden.length ? [this.whom(shown, hidden, offer)] : []));
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
    const title = `${valueCount(good)} for ${pupilCount(edits)}`;
    const yes = good || !edits.length ? `Paste ${valueCount(good)}` : PUT_IN;
    this.ask(edits, { title, notes, refused: [...lost, ...of], yes, sure: good > 0 });
  }

  /**
   * Of values for pupils whom a filter hides: leave them out, or put them in all the same.
   * @param {Edits} shown
   * @param {Edits} hidden
   * @param {(edits: Edits) => void} offer
   */
  whom(shown, hidden, offer) {
    const names = [...new Set(hidden.map(([cell]) => called(this.actions.sheet.pupil(cell))))];
    const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : "";
    const words = `${valueCount(hidden.length)} of what you pasted ${hidden.length === 1 ? "is" : "are"} for ${pupilCount(hidden)} whom the filter hides: ${names.slice(0, NAMED).join("; ")}${more}.`;
    const only = radio(`Only the pupils shown: ${valueCount(shown.length)}`, () => offer(shown));
    const all = radio(`All: ${valueCount(shown.length + hidden.length)}, with those of the pupils who are hidden`, () => offer([...shown, ...hidden]));
    /** @type {HTMLInputElement} */ (only.firstChild).checked = true;
    return element("fieldset", { class: "grid-whom" }, element("legend", {}, words), only, all);
  }

  /** A lock has come or gone while the block is being looked at. */
  lookAgain() {
    if (this.dialog.open) void this.again?.();
  }

  /**
   * Whether nothing of the first row or the first column would be taken: headings or names
   * that were not understood, and every value one place off.
   * @param {Edits} edits
   * @param {Refusal[]} refused
   */
  shifted(edits, refused) {
    const { sheet } = this.actions;
    const bad = new Set(refused.map(({ who, value }) => `${who}: ${value}`));
    const places = edits.map(([cell, value]) => ({ ...sheet.place(cell), value, bad: bad.has(`${sheet.name(cell)}: ${value}`) }));
    const [first] = places;
    const lines = [places.filter(({ row }) => row === first?.row), places.filter(({ column }) => column === first?.column)];
    const all = (/** @type {typeof places} */ line) => line.some(({ value }) => value) && line.every((one) => one.bad || !one.value);
    return lines.some((line) => line.length < places.length && all(line));
  }

  /** @param {Edits} edits */
  put(edits) {
    this.actions.make("paste", edits);
  }

  /**
   * @param {Edits} edits
   * @returns {Refusal[]}
   */
  closedOf(edits) {
    const { sheet } = this.actions;
    const beside = new Map(edits);
    return edits
      .filter(([cell, value]) => value && sheet.closed(cell, beside))
      .map(([cell, value]) => ({ who: sheet.name(cell), value, reason: sheet.closed(cell, beside), cell }));
  }

  /**
   * What the server would not take of values that are not plainly the item's own. Where it
   * cannot be asked, saving will say.
   * @param {Edits} edits
   * @returns {Promise<Refusal[]>}
   */
  async look(edits) {
    const { sheet } = this.actions;
    const beside = new Map(edits);
    const open = edits.filter(
      ([cell, value]) =>
        !sheet.closed(cell, beside) && !allows(sheet.item(cell), value.trim()) && !this.saver.pending(cell),
    );
    if (!open.length) return [];
    const found = await this.saver.look(this.address, { source: "paste", values: new Map(open) });
    return found.map(({ pupil, item, value, reason }) => {
      const cell = sheet.find(pupil, item);
      return { who: cell ? sheet.name(cell) : "", value, reason, cell };
    });
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
    this.actions.announcer.say(`${title}. ${notes.join(" ")}`);
  }

  /** What is not taken is put in too where it can be, marked, to be corrected in its place. */
  closed() {
    const { edits = [] } = this;
    this.edits = [];
    this.actions.selection.focus();
    if (this.dialog.returnValue === "paste") this.put(edits);
    else this.actions.announcer.say("Nothing was pasted.");
  }
}

/**
 * @param {import("./sheet.js").Item} item
 * @param {string} value
 * @returns {boolean} whether it is a code or a mark of the item as it is written
 */
function allows({ values, marks }, value) {
  if (value === "" || values.some(({ code }) => code === value)) return true;
  const mark = /^[0-9]{1,3}$/.test(value) ? Number(value) : -1;
  return marks !== null && mark >= marks.lowest && mark <= marks.highest;
}

/** @param {Edits} edits */
function pupilCount(edits) {
  const pupils = new Set(edits.map(([cell]) => cell.dataset.pupil)).size;
  return pupils === 1 ? "1 pupil" : `${pupils} pupils`;
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
