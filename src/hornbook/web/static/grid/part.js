/** The parts of the page. */

/**
 * @param {string} id
 * @returns {any} the part of the page that the template names so
 */
export function part(id) {
  return document.getElementById(id);
}
