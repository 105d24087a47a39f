/** Pupils' names as people write them: either name first, with accents or without. */

/**
 * Letters alone, so that a name is found without its accents, hyphens and capitals.
 * @param {string} text
 */
export function folded(text) {
  return text
    .normalize("NFD")
    .replace(/[^\p{L}]/gu, "")
    .toLowerCase();
}

/**
 * @param {string} name surname first, as a register has it
 * @returns {[string, string]} the surname and the forename
 */
export function parted(name) {
  const [surname, ...forename] = name.split(", ");
  return [surname, forename.join(", ")];
}

/**
 * @param {string} name surname first
 * @returns {string[]} the name folded, surname first and forename first
 */
export function spellings(name) {
  const [surname, forename] = parted(name);
  return [folded(name), folded(`${forename} ${surname}`)];
}

/**
 * @param {{name: string, apart: string}} pupil
 * @returns {string} the name, and the UPN where another has the same
 */
export function called({ name, apart }) {
  return apart ? `${name} (${apart})` : name;
}
