/** What hangs on the selection for the mouse: the fill handle, and the button of the list. */

import { element } from "./popup.js";

/** @typedef {import("./selection.js").Selection} Selection */

export class Handles {
  /**
   * @param {HTMLElement} box the box that scrolls
   * @param {Selection} selection
   * @param {{fill: () => void, list: () => void}} does
   */
  constructor(box, selection, does) {
    this.box = box;
    this.selection = selection;
    /** @type {number | undefined} */
    this.frame = undefined;
    this.corner = element("div", { class: "grid-handle", "aria-hidden": "true" });
    this.opener = element(
      "div",
      { class: "grid-opener", "aria-hidden": "true", title: "Choose from the list (Alt and Down)" },
      "▾",
    );
    box.append(this.corner, this.opener);
    press(this.corner, does.fill);
    press(this.opener, does.list);
    selection.addEventListener("change", () => this.later());
    new ResizeObserver(() => this.later()).observe(selection.sheet.table);
  }

  /** Once a frame is enough, and leaves typing quick. */
  later() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.place();
    });
  }

  place() {
    const { sheet, active } = this.selection;
    const { bottom, right } = this.selection.range();
    const last = sheet.at(bottom, right);
    const usable = active && last && !sheet.closed(active) && sheet.place(active).row >= 0;
    this.corner.hidden = !usable;
    this.opener.hidden = !usable || !sheet.item(active).values.length;
    if (!usable) return;
    const frame = this.box.getBoundingClientRect();
    this.put(this.corner, frame, last.getBoundingClientRect());
    this.put(this.opener, frame, active.getBoundingClientRect());
  }

  /**
   * @param {HTMLElement} what
   * @param {DOMRect} frame
   * @param {DOMRect} cell
   */
  put(what, frame, cell) {
    const { scrollLeft, scrollTop, clientLeft, clientTop } = this.box;
    what.style.left = `${cell.right - frame.left - clientLeft + scrollLeft - what.offsetWidth}px`;
    what.style.top = `${cell.bottom - frame.top - clientTop + scrollTop - what.offsetHeight}px`;
  }
}

/**
 * @param {HTMLElement} what
 * @param {() => void} run
 */
function press(what, run) {
  what.addEventListener("mousedown", (event) => {
    event.preventDefault();
    event.stopPropagation();
    if (event.button === 0) run();
  });
}
