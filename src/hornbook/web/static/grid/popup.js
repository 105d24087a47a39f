/** Puts a small box beside a cell, inside the window. */

const GAP = 2;
const EDGE = 8;

/**
 * Below the rectangle where there is room, else above it.
 * @param {HTMLElement} box fixed on the page
 * @param {{left: number, top: number, bottom: number}} beside
 */
export function place(box, beside) {
  box.hidden = false;
  const { offsetWidth: width, offsetHeight: height } = box;
  const below = beside.bottom + GAP;
  const above = beside.top - GAP - height;
  const top = below + height > innerHeight - EDGE && above > EDGE ? above : below;
  box.style.top = `${Math.max(EDGE, Math.min(top, innerHeight - EDGE - height))}px`;
  box.style.left = `${Math.max(EDGE, Math.min(beside.left, innerWidth - EDGE - width))}px`;
}

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}
