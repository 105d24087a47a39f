/** Mouse and finger: choose a cell, drag a block, drag the corner to fill, press and hold. */

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {import("./selection.js").Selection} Selection */
/** @typedef {import("./selection.js").Range} Range */

const HOLD = 500;
const SLACK = 10;

export class Pointer {
  /**
   * @param {HTMLElement} table
   * @param {Selection} selection
   * @param {{act: () => void, clicked: (cell: Cell) => void, menu: (cell: Cell, x: number, y: number) => void, fill: (from: Range) => void}} does
   */
  constructor(table, selection, does) {
    this.selection = selection;
    this.does = does;
    /** @type {Range | undefined} where the fill handle was taken up */
    this.filling = undefined;
    this.dragging = false;
    /** Whether a finger was held down long enough, and is not yet lifted. */
    this.held = false;
    table.addEventListener("mousedown", (event) => this.press(event));
    table.addEventListener("pointerover", (event) => this.over(event));
    addEventListener("pointerup", () => this.release());
    table.addEventListener("dblclick", (event) => this.double(event));
    table.addEventListener("contextmenu", (event) => this.context(event));
    table.addEventListener("pointerdown", (event) => this.touch(event));
    table.addEventListener("pointermove", (event) => this.slide(event));
    table.addEventListener("pointercancel", () => this.letGo());
    table.addEventListener("touchend", (event) => this.lift(event));
  }

  /** @param {MouseEvent} event */
  press(event) {
    const cell = cellOf(event.target);
    if (!cell || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    if (event.button === 0 && event.shiftKey) {
      this.selection.extendTo(cell);
    } else if (event.button === 0) {
      const again = this.selection.active === cell && document.activeElement === cell;
      this.selection.moveTo(cell);
      this.dragging = true;
      if (again && this.byTouch) this.does.act();
      else this.does.clicked(cell);
    }
  }

  /** @param {PointerEvent} event */
  over(event) {
    const cell = cellOf(event.target);
    if (!cell || event.pointerType === "touch") return;
    if (this.filling) this.selection.extendTo(this.straight(cell, this.filling));
    else if (this.dragging && event.buttons & 1) this.selection.extendTo(cell);
  }

  release() {
    this.letGo();
    this.dragging = false;
    const from = this.filling;
    this.filling = undefined;
    if (from) this.does.fill(from);
  }

  /** Take up the fill handle. */
  startFill() {
    this.filling = this.selection.range();
    const { top, left } = this.filling;
    this.selection.select(this.selection.sheet.at(top, left), this.corner(this.filling));
  }

  /** @param {Range} range */
  corner({ bottom, right }) {
    return this.selection.sheet.at(bottom, right);
  }

  /**
   * A fill goes down or across, whichever way the pointer has gone further.
   * @param {Cell} cell
   * @param {Range} from
   */
  straight(cell, from) {
    const { sheet } = this.selection;
    const { row, column } = sheet.place(cell);
    const down = row - from.bottom;
    const across = column - from.right;
    return down >= across
      ? sheet.at(Math.max(row, from.top), from.right)
      : sheet.at(from.bottom, Math.max(column, from.left));
  }

  /** @param {MouseEvent} event */
  double(event) {
    const cell = cellOf(event.target);
    if (cell && !(event.target instanceof HTMLInputElement)) this.does.act();
  }

  /** @param {MouseEvent} event */
  context(event) {
    const cell = cellOf(event.target);
    if (!cell || event.target instanceof HTMLInputElement) return;
    event.preventDefault();
    this.letGo();
    if (!this.selection.includes(cell)) this.selection.moveTo(cell);
    this.does.menu(cell, event.clientX, event.clientY);
  }

  /** @param {PointerEvent} event */
  touch(event) {
    this.byTouch = event.pointerType === "touch";
    const cell = cellOf(event.target);
    if (!this.byTouch || !cell) return;
    this.start = { x: event.clientX, y: event.clientY };
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.held = true;
      this.selection.moveTo(cell);
      this.does.menu(cell, event.clientX, event.clientY);
    }, HOLD);
  }

  /** @param {PointerEvent} event */
  slide(event) {
    if (!this.start) return;
    const moved = Math.hypot(event.clientX - this.start.x, event.clientY - this.start.y);
    if (moved > SLACK) this.letGo();
  }

  /** @param {TouchEvent} event the end of a hold is not also a tap */
  lift(event) {
    if (this.held) event.preventDefault();
    this.held = false;
  }

  letGo() {
    clearTimeout(this.timer);
    this.start = undefined;
  }
}

/**
 * @param {EventTarget | null} target
 * @returns {Cell | null}
 */
function cellOf(target) {
  return target instanceof Element ? target.closest("td[data-item]") : null;
}
