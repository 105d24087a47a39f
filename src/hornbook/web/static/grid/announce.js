/** Says things to a screen reader, politely: a short log, each new line read out. */

const KEPT = 5;

export class Announcer {
  /** @param {HTMLElement} region a live region */
  constructor(region) {
    this.region = region;
  }

  /** @param {string} words */
  say(words) {
    if (!words) return;
    const line = document.createElement("p");
    line.textContent = words;
    this.region.append(line);
    while (this.region.children.length > KEPT) this.region.firstElementChild?.remove();
  }
}
