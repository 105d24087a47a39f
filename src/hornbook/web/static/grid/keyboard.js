/** Which keys do what: two tables, one for a cell and one for typing in it. */

/** @typedef {() => boolean | void} Command returning false leaves the key to the browser */

export class Keyboard {
  /**
   * @param {HTMLElement} table
   * @param {{editing: () => boolean, type: () => void, inCell: Record<string, Command>, inEditor: Record<string, Command>}} does
   */
  constructor(table, does) {
    this.does = does;
    table.addEventListener("keydown", (event) => this.press(event));
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.isComposing) return;
    const editing = this.does.editing();
    const command = (editing ? this.does.inEditor : this.does.inCell)[chord(event)];
    if (command) {
      if (command() !== false) event.preventDefault();
    } else if (!editing && types(event)) {
      // The cell opens and has the focus before the browser puts the character in.
      this.does.type();
    }
  }
}

/**
 * @param {KeyboardEvent} event
 * @returns {string} such as "Ctrl+Shift+ArrowDown"; the Mac's command key counts as Ctrl
 */
function chord(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const held = [
    (event.ctrlKey || event.metaKey) && "Ctrl",
    event.altKey && "Alt",
    event.shiftKey &&
      (event.key.length > 1 || event.ctrlKey || event.metaKey || key === " ") &&
      "Shift",
  ];
  return [...held.filter(Boolean), key === " " ? "Space" : key].join("+");
}

/** @param {KeyboardEvent} event */
function types(event) {
  return event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
}
