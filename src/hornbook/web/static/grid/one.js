/** One pupil at a time: brings the page to life, and says what is not saved yet. */

import { Drawer } from "../hornbook/kept.js";
import { Fields } from "./one-fields.js";
import { called } from "./names.js";
import { part } from "./part.js";
import { element } from "./popup.js";
import { Results } from "./results.js";
import { Saver } from "./saving.js";
import { Session } from "./session.js";

const LISTED = 6;

class One {
  /** @param {HTMLElement} page */
  constructor(page) {
    const data = JSON.parse(part("one-data").textContent);
    const { pupils, items, earlier } = data;
    /** @type {{id: number, name: string, apart: string, left: string, year_group: string, class: string, earlier: string}[]} */
    this.pupils = pupils;
    this.earlier = earlier;
    this.items = items;
    this.at = 0;
    this.saver = new Saver(page.dataset.saveUrl ?? "", new Session(part("one-form")));
    const drawer = new Drawer(document.body.dataset.person ?? "", page.dataset.saveUrl ?? "");
    this.results = new Results(JSON.parse(part("one-held").textContent), {
      saver: this.saver,
      drawer,
      data,
    });
    this.fields = new Fields(part("one-form"), this.results);
    this.results.addEventListener("change", () => this.showStatus());
    part("one-which").addEventListener("change", () => this.goTo(Number(part("one-which").value)));
    for (const button of page.querySelectorAll("[data-go]"))
      button.addEventListener("click", () => this.go(button));
    addEventListener("beforeunload", (event) => {
      if (this.results.unsaved().length) event.preventDefault();
    });
    page.hidden = false;
    this.goTo(Number(location.hash.slice(1)) || this.pupils[0].id);
    this.showStatus();
  }

  /** @param {Element} button */
  go(button) {
    const way = button.getAttribute("data-go");
    const next = way === "to-do" ? this.toDo() : this.pupils[this.at + Number(way)];
    if (!next) return;
    this.goTo(next.id);
    part("one-name").focus();
  }

  /** The next pupil, round the end of the list, who has a blank that may be filled. */
  toDo() {
    const after = [...this.pupils.slice(this.at + 1), ...this.pupils.slice(0, this.at)];
    return after.find(({ id }) =>
      this.items.some((/** @type {{code: string}} */ { code }) => {
        const result = this.results.find(id, code);
        return !this.results.rules.closed(result) && !(result.typed ?? result.value);
      }),
    );
  }

  /** @param {number} pupil */
  goTo(pupil) {
    this.at = Math.max(
      0,
      this.pupils.findIndex(({ id }) => id === pupil),
    );
    const shown = this.pupils[this.at];
    const { id, class: group, earlier } = shown;
    this.fields.open(id);
    part("one-name").textContent = called(shown);
    part("one-about").textContent = [
      group,
      shown.year_group,
      shown.left,
      earlier && `${this.earlier}: ${earlier}`,
      `${this.at + 1} of ${this.pupils.length}`,
    ]
      .filter(Boolean)
      .join(" · ");
    part("one-which").value = String(id);
    history.replaceState(null, "", `#${id}`);
    for (const button of document.querySelectorAll("[data-go]"))
      if (button instanceof HTMLButtonElement && button.dataset.go !== "to-do")
        button.disabled = !this.pupils[this.at + Number(button.dataset.go)];
  }

  showStatus() {
    const unsaved = this.results.unsaved();
    const refused = unsaved.filter(({ state }) => state !== "unsaved");
    const place = part("one-status");
    place.dataset.state = refused.length ? "refused" : unsaved.length ? "unsaved" : "saved";
    if (!unsaved.length) place.textContent = "✓ All saved";
    else if (refused.length || this.saver.trouble) place.replaceChildren(...this.unsavedWords(unsaved));
    // One line, as what is saved has: nothing may move under a finger while a value is on its way.
    else place.textContent = `${counted(unsaved.length)} not saved yet.`;
  }

  /** @param {import("./results.js").Result[]} unsaved */
  unsavedWords(unsaved) {
    const { trouble } = this.saver;
    const waiting = trouble?.waits ? " They are kept in this browser and saved as soon as it is back." : "";
    const lines = unsaved.slice(0, LISTED).map((result) => element("li", {}, this.way(result)));
    const more = unsaved.length - LISTED;
    if (more > 0) lines.push(element("li", {}, `and ${more} more`));
    return [
      element("p", {}, `${counted(unsaved.length)} not saved yet. ${trouble?.message ?? ""}${waiting}`),
      element("ul", {}, ...lines),
      ...(trouble ? [this.again()] : []),
    ];
  }

  again() {
    const button = element("button", { type: "button", class: "one-button" }, "Try again now");
    button.addEventListener("click", () => void this.saver.retry());
    return button;
  }

  /** @param {import("./results.js").Result} result to its pupil */
  way(result) {
    const button = element("button", { type: "button", class: "one-to" }, this.words(result));
    button.addEventListener("click", () => {
      this.goTo(result.pupil);
      part("one-name").focus();
    });
    return button;
  }

  /** @param {import("./results.js").Result} result */
  words({ pupil, item, typed, why }) {
    const who = this.pupils.find(({ id }) => id === pupil);
    const what = this.items.find((/** @type {{code: string}} */ { code }) => code === item).title;
    return `${who ? called(who) : ""}, ${what}: ${typed || "blank"}${why ? `. ${why}` : ""}`;
  }
}

/** @param {number} values */
function counted(values) {
  return values === 1 ? "1 value is" : `${values} values are`;
}

const page = document.getElementById("one");
if (page) new One(page);
