/** Items that are wanted of some pupils only: the first result that stands decides. */

/** @typedef {{item: string, called: string, opens: string[], shuts: boolean}} Deciding */
/** @typedef {{because: string, results: Deciding[]}} OnlyWhere */
/** @typedef {(item: string) => string} ValueOf what stands of the pupil */

/**
 * @param {OnlyWhere} rule
 * @param {ValueOf} valueOf
 * @returns {string} why nothing is to be entered, or ""
 */
export function shut(rule, valueOf) {
  return deciding(rule, valueOf) ? against(rule, valueOf) : rule.because;
}

/**
 * @param {OnlyWhere} rule
 * @param {ValueOf} valueOf
 * @returns {string} the result that says that a value is not wanted, or ""
 */
export function against(rule, valueOf) {
  const found = deciding(rule, valueOf);
  if (!found || found.opens.includes(valueOf(found.item).toUpperCase())) return "";
  return `${rule.because} ${found.called} is ${valueOf(found.item)}.`;
}

/**
 * @param {OnlyWhere} rule
 * @param {ValueOf} valueOf
 */
function deciding({ results }, valueOf) {
  return results.find(({ item, opens, shuts }) => {
    const value = valueOf(item);
    return value && (shuts || opens.includes(value.toUpperCase()));
  });
}
