/** A list of choices moved through by keys: what a pick-list and a menu have in common. */

const TYPING_PAUSE = 1000;

export class Options {
  /**
   * @param {HTMLElement[]} options
   * @param {(option: HTMLElement) => void} show makes one the current one
   */
  constructor(options, show) {
    this.options = options;
    this.show = show;
    this.at = 0;
    this.typed = "";
    this.typedAt = 0;
  }

  get current() {
    return this.options[this.at];
  }

  /** @param {number} index */
  go(index) {
    if (!this.options.length) return;
    this.at = (index + this.options.length) % this.options.length;
    this.show(this.current);
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key moved in the list
   */
  key(event) {
    const places = {
      ArrowDown: this.at + 1,
      ArrowUp: this.at - 1,
      Home: 0,
      End: this.options.length - 1,
    };
    const place = places[/** @type {keyof typeof places} */ (event.key)];
    if (place !== undefined) this.go(place);
    else if (event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey)
      this.type(event);
    else return false;
    return true;
  }

  /** @param {KeyboardEvent} event */
  type(event) {
    const fresh = event.timeStamp - this.typedAt > TYPING_PAUSE;
    this.typed = (fresh ? "" : this.typed) + event.key.toLowerCase();
    this.typedAt = event.timeStamp;
    const found = this.options.findIndex((option) =>
      (option.dataset.typed ?? "").toLowerCase().startsWith(this.typed),
    );
    if (found >= 0) this.go(found);
  }
}
