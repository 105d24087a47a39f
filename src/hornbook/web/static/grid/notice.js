/** The line above the grid: that it must be opened again, or hears nothing of others. */

import { element } from "./popup.js";

const SILENCE = "What others enter does not arrive now: the network has gone.";

export class Notice {
  /**
   * @param {HTMLElement} place
   * @param {import("./live.js").Live} live
   * @param {import("./announce.js").Announcer} announcer
   */
  constructor(place, live, announcer) {
    this.place = place;
    this.announcer = announcer;
    this.reload = "";
    live.addEventListener("reload", (event) => {
      this.reload = /** @type {CustomEvent} */ (event).detail.why;
      this.show(this.reload);
    });
    live.addEventListener("heard", (event) => {
      const { heard } = /** @type {CustomEvent} */ (event).detail;
      if (!this.reload) this.show(heard ? "" : SILENCE);
    });
  }

  /** @param {string} words */
  show(words) {
    if (this.words === words) return;
    this.words = words;
    this.place.hidden = !words;
    const again = element("a", { href: location.pathname, class: "govuk-link" });
    again.textContent = "Open the grid again";
    this.place.replaceChildren(words, ...(this.reload ? [" ", again, "."] : []));
    this.announcer.say(words);
  }
}
