/** The line above the grid: that it must be opened again, or hears nothing of others. */

import { element } from "./popup.js";
import { SIGNED_OUT } from "./posting.js";
import { signInAgain } from "./status.js";

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
    this.words = "";
    live.addEventListener("reload", (event) => {
      this.reload = /** @type {CustomEvent} */ (event).detail.why;
      this.show(this.reload, openAgain());
    });
    live.addEventListener("heard", (event) => {
      const { heard, signedOut } = /** @type {CustomEvent} */ (event).detail;
      if (signedOut) this.show(SIGNED_OUT, signInAgain());
      else this.show(this.reload || (heard ? "" : SILENCE), ...(this.reload ? [openAgain()] : []));
    });
  }

  /**
   * @param {string} words
   * @param {...Node} ways on from here
   */
  show(words, ...ways) {
    if (this.words === words) return;
    this.words = words;
    this.place.hidden = !words;
    this.place.replaceChildren(words, ...ways.flatMap((way) => [" ", way]));
    this.announcer.say(words);
  }
}

/** @returns {Node} the way to a grid that is as the server has it */
function openAgain() {
  return element("a", { href: location.pathname + location.search, class: "govuk-link" }, "Open the grid again");
}
