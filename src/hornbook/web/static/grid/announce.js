/** Says things to a screen reader, politely: one region, the latest words. */

export class Announcer {
  /** @param {HTMLElement} region a live region */
  constructor(region) {
    this.region = region;
    /** @type {string[]} */
    this.words = [];
  }

  /**
   * Words said together are read together; the same words said again are read again.
   * @param {string} words
   */
  say(words) {
    if (!words) return;
    this.words.push(words);
    if (this.words.length > 1) return;
    queueMicrotask(() => {
      const line = document.createElement("p");
      line.textContent = this.words.join(" ");
      this.words = [];
      this.region.replaceChildren(line);
    });
  }
}
