/** The menu by which a lead signs off, drawn again where somebody else locked or unlocked. */

export class Signing {
  /**
   * @param {HTMLDetailsElement | null} menu of those who may sign off
   * @param {import("./live.js").Live} live
   */
  constructor(menu, live) {
    if (!menu) return;
    this.menu = menu;
    live.addEventListener("signing", (event) => this.take(/** @type {CustomEvent} */ (event).detail.signing));
  }

  /** @param {string} signing as the server draws it now */
  take(signing) {
    const { menu } = this;
    const fresh = new DOMParser().parseFromString(signing, "text/html").querySelector("details");
    if (!menu || !fresh) return;
    const focused = menu.contains(document.activeElement);
    menu.replaceChildren(...fresh.childNodes);
    // Never on a button: it may do the contrary of the one that was there.
    if (focused) menu.querySelector("summary")?.focus();
  }
}
