/** The keys of the grid, as two tables: on a cell, and while typing in one. */

/** @typedef {import("./keyboard.js").Command} Command */
/** @typedef {import("./actions.js").Actions} Actions */
/** @typedef {import("./moving.js").Moving} Moving */
/** @typedef {import("./entry.js").Entering} Entering */

/**
 * @param {{actions: Actions, moving: Moving, entering: Entering}} parts
 * @returns {Record<string, Command>}
 */
export function cellKeys({ actions, moving, entering }) {
  return { ...movingKeys(moving), ...doingKeys(actions), ...enteringKeys(entering) };
}

/**
 * @param {Moving} moving
 * @returns {Record<string, Command>}
 */
function movingKeys(moving) {
  return {
    ...arrows("", (down, across) => moving.step(down, across)),
    ArrowUp: () => moving.up(),
    ArrowDown: () => moving.down(),
    ...arrows("Shift+", (down, across) => moving.stretch(down, across)),
    ...arrows("Ctrl+", (down, across) => moving.leap(down, across)),
    ...arrows("Ctrl+Shift+", (down, across) => moving.stretchLeap(down, across)),
    Home: () => moving.rowEnd(-1),
    End: () => moving.rowEnd(1),
    "Ctrl+Home": () => moving.corner(-1),
    "Ctrl+End": () => moving.corner(1),
    PageUp: () => moving.page(-1),
    PageDown: () => moving.page(1),
    Tab: () => moving.tab(1),
    "Shift+Tab": () => moving.tab(-1),
    Enter: () => moving.step(1, 0),
    "Shift+Enter": () => moving.step(-1, 0),
    "Ctrl+a": () => moving.all(),
    "Ctrl+Space": () => moving.columns(),
    "Shift+Space": () => moving.wholeRows(),
  };
}

/**
 * @param {Actions} actions
 * @returns {Record<string, Command>}
 */
function doingKeys(actions) {
  return {
    Delete: () => actions.set(""),
    Backspace: () => actions.set(""),
    Escape: () => actions.escape(),
    "Ctrl+d": () => actions.fillDown(),
    "Ctrl+r": () => actions.fillRight(),
    "Ctrl+z": () => actions.undo(),
    "Ctrl+y": () => actions.redo(),
    "Ctrl+Shift+z": () => actions.redo(),
  };
}

/**
 * @param {Entering} entering
 * @returns {Record<string, Command>}
 */
function enteringKeys(entering) {
  return {
    F2: () => entering.amend(),
    "Ctrl+Shift+c": () => entering.clipboard.copyWithNames(),
    Space: () => entering.list(),
    "Alt+ArrowDown": () => entering.list(),
    ContextMenu: () => entering.menuAtCell(),
    "Shift+F10": () => entering.menuAtCell(),
  };
}

/**
 * @param {{moving: Moving, entering: Entering}} parts
 * @returns {Record<string, Command>}
 */
export function editorKeys({ moving, entering }) {
  const { editor } = entering;
  const then = (/** @type {Command} */ move) => () => {
    editor.commit();
    return move();
  };
  const sideways = (/** @type {number} */ across) => () =>
    editor.within ? false : then(() => moving.step(0, across))();
  return {
    Enter: then(() => moving.step(1, 0)),
    "Shift+Enter": then(() => moving.step(-1, 0)),
    "Ctrl+Enter": () => entering.fillTyped(),
    ArrowUp: then(() => moving.step(-1, 0)),
    ArrowDown: then(() => moving.step(1, 0)),
    ArrowLeft: sideways(-1),
    ArrowRight: sideways(1),
    Tab: then(() => moving.tab(1)),
    "Shift+Tab": then(() => moving.tab(-1)),
    Escape: () => editor.cancel(),
    F2: () => editor.stayWithin(),
    "Alt+ArrowDown": () => {
      editor.cancel();
      entering.list();
    },
  };
}

/**
 * @param {string} held
 * @param {(down: number, across: number) => void} go
 * @returns {Record<string, Command>}
 */
function arrows(held, go) {
  return {
    [`${held}ArrowUp`]: () => go(-1, 0),
    [`${held}ArrowDown`]: () => go(1, 0),
    [`${held}ArrowLeft`]: () => go(0, -1),
    [`${held}ArrowRight`]: () => go(0, 1),
  };
}
