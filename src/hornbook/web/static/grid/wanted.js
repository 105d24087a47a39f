/** What a person asks of a value: >2, <=31, =A, A D L, blank, not blank. */

/** @typedef {(value: string) => boolean} Test */

const COMPARED = /^(>=|<=|<>|!=|>|<|=)?\s*(.*)$/;

/**
 * @param {string} typed
 * @returns {Test}
 */
export function test(typed) {
  const asked = typed.trim().toLowerCase();
  if (!asked) return () => true;
  if (["blank", "empty", "="].includes(asked)) return (value) => value === "";
  if (["not blank", "any", "<>"].includes(asked)) return (value) => value !== "";
  const [, sign = "", rest] = /** @type {RegExpMatchArray} */ (asked.match(COMPARED));
  return compared(sign, rest.split(/[\s,]+/).filter(Boolean));
}

/**
 * @param {string} sign
 * @param {string[]} wanted
 * @returns {Test}
 */
function compared(sign, wanted) {
  const is = (/** @type {string} */ value) => wanted.includes(value.toLowerCase());
  if (sign === "" || sign === "=") return is;
  if (sign === "<>" || sign === "!=") return (value) => !is(value);
  const bound = Number(wanted[0]);
  /** @type {Record<string, (value: number) => boolean>} */
  const ways = {
    ">": (value) => value > bound,
    "<": (value) => value < bound,
    ">=": (value) => value >= bound,
    "<=": (value) => value <= bound,
  };
  return (value) => value !== "" && ways[sign](Number(value));
}
