/** The grid larger or smaller than the page, for a projector; remembered in this browser. */

const KEPT = "grid-zoom";
const STEPS = [75, 90, 100, 125, 150, 200];

export class Zoom {
  /**
   * @param {HTMLElement} table
   * @param {{less: HTMLButtonElement, more: HTMLButtonElement, now: HTMLElement}} buttons
   */
  constructor(table, { less, more, now }) {
    this.table = table;
    this.buttons = { less, more };
    this.now = now;
    this.percent = 100;
    less.addEventListener("click", () => this.step(-1));
    more.addEventListener("click", () => this.step(1));
    this.set(Number(localStorage.getItem(KEPT)));
  }

  /** @param {number} by */
  step(by) {
    this.set(STEPS[STEPS.indexOf(this.percent) + by]);
  }

  /** @param {number} percent */
  set(percent) {
    this.percent = STEPS.includes(percent) ? percent : 100;
    this.table.style.setProperty("zoom", String(this.percent / 100));
    this.table.classList.toggle("grid--large", this.percent > 125);
    this.now.textContent = `${this.percent}%`;
    this.buttons.less.disabled = this.percent === STEPS[0];
    this.buttons.more.disabled = this.percent === STEPS.at(-1);
    localStorage.setItem(KEPT, String(this.percent));
  }
}
