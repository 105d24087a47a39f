/** The line under the grid: whether all is saved, and what was not taken, with a way to it. */

import { cellCount } from "./counts.js";
import { element } from "./popup.js";

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./sheet.js").Sheet} Sheet */
/** @typedef {import("./saving.js").Saver} Saver */
/** @typedef {import("./marks.js").Marks} Marks */
/** @typedef {import("./changes.js").Changes} Changes */

const LISTED = 5;

export class Status {
  /**
   * @param {{saved: HTMLElement, problems: HTMLElement}} places
   * @param {{sheet: Sheet, saver: Saver, marks: Marks, changes: Changes}} parts
   * @param {(cell: Cell) => void} go
   */
  constructor(places, { sheet, saver, marks, changes }, go) {
    this.places = places;
    this.sheet = sheet;
    this.saver = saver;
    this.marks = marks;
    this.changes = changes;
    this.go = go;
    changes.addEventListener("change", () => this.showSaved());
    saver.addEventListener("looking", () => this.showSaved());
    marks.addEventListener("change", () => {
      this.showProblems();
      if (this.places.saved.dataset.state === "saved") this.showSaved();
    });
    this.again = button("Try again now", () => saver.retry());
  }

  showSaved() {
    const { saver } = this;
    const state = saver.trouble ? "failed" : saver.unsaved || saver.looking ? "saving" : "saved";
    this.places.saved.dataset.state = state;
    if (state === "failed") this.places.saved.replaceChildren(this.unsaved(), " ", ...this.waysOn());
    else if (state === "saving") this.places.saved.textContent = saver.looking ? "Looking…" : "Saving…";
    else this.places.saved.replaceChildren(...this.allSaved());
  }

  allSaved() {
    const [first, ...rest] = this.marks.wrong();
    if (!first) return [`All saved at ${now()}`];
    const count = rest.length ? `${rest.length + 1} values` : "1 value";
    return [`Saved at ${now()}, except `, button(count, () => this.go(first))];
  }

  waysOn() {
    return this.saver.trouble?.signedOut ? [signInAgain(), " ", this.again] : [this.again];
  }

  unsaved() {
    const cells = new Set(this.saver.waiting());
    const { trouble } = this.saver;
    return `${cellCount(cells.size)} not saved yet. ${trouble?.message}${trouble?.waits ? " Trying again." : ""}`;
  }

  showProblems() {
    const wrong = this.marks.wrong();
    this.places.problems.hidden = !wrong.length;
    const title =
      wrong.length === 1 ? "1 value was not saved" : `${wrong.length} values were not saved`;
    const rest =
      wrong.length > LISTED
        ? [element("p", {}, `and ${wrong.length - LISTED} more, marked in the grid`)]
        : [];
    const list = element("ul", {}, ...wrong.slice(0, LISTED).map((cell) => this.problem(cell)));
    this.places.problems.replaceChildren(element("h2", {}, title), list, ...rest);
  }

  /** @param {Cell} cell */
  problem(cell) {
    const show = button(`${this.sheet.name(cell)}: ${this.sheet.text(cell) || "blank"}`, () =>
      this.go(cell),
    );
    const line = element("li", {}, show, ` ${this.marks.why.get(cell)} `);
    if (this.marks.state(cell) === "conflict") line.append(...this.choices(cell));
    return line;
  }

  /** @param {Cell} cell */
  choices(cell) {
    return choicesFor(this.sheet, this.changes, cell).map(({ label, run }) =>
      button(label, () => {
        run();
        this.go(cell);
      }),
    );
  }
}

/**
 * The two ways out when two people entered different values.
 * @param {Sheet} sheet
 * @param {Changes} changes
 * @param {Cell} cell
 */
export function choicesFor(sheet, changes, cell) {
  return [
    { label: `Keep theirs: ${sheet.holds(cell) || "blank"}`, run: () => void changes.giveUp(cell) },
    { label: `Put mine: ${sheet.text(cell) || "blank"}`, run: () => changes.sendAgain([cell]) },
  ];
}

/** The same page, where the server first asks who is there and then comes back to it. */
export function signInAgain() {
  const { pathname, search } = location;
  return element("a", { href: pathname + search, class: "govuk-link", "data-sign-in": "" }, "Sign in again");
}

/**
 * @param {string} label
 * @param {() => void} run
 */
function button(label, run) {
  const made = element("button", { type: "button", class: "grid-link" }, label);
  made.addEventListener("click", run);
  return made;
}

function now() {
  return new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}
