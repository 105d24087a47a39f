/** How many, in words. */

/** @param {number} count */
export function cellCount(count) {
  return count === 1 ? "1 cell" : `${count} cells`;
}

/** @param {number} count */
export function valueCount(count) {
  return count === 1 ? "1 value" : `${count} values`;
}

/** @param {number} count */
export function pupilCount(count) {
  return count === 1 ? "1 pupil" : `${count} pupils`;
}
