/** Items that are wanted of some pupils only: the first result that stands decides. */

/** @typedef {{item: string, called: string, opens: string[], shuts: boolean}} Deciding */
/** @typedef {{because: string, to_do: string, results: Deciding[]}} OnlyWhere */
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
 * @returns {string} why a value that stands is not wanted and what to do, or "": without a
 * result that decides, one that does not open is against it too
 */
export function aside(rule, valueOf) {
  const other = deciding(rule, valueOf) ? undefined : rule.results.find(({ item }) => valueOf(item));
  const why = other ? `${rule.because} ${other.called} is ${valueOf(other.item)}.` : against(rule, valueOf);
  return why && `${why} ${rule.to_do}`;
}

/**
 * @param {OnlyWhere} rule
 * @param {ValueOf} valueOf
 * @returns {string} the result that says that a value is not wanted, or ""
 */
function against(rule, valueOf) {
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
