// Show only some of what was found: by severity, by kind, and by pupil.

/**
 * Make the filter of every file work.
 * @param {HTMLElement} answer
 * @param {() => Promise<void>} showAll fetches what is not on the page yet
 */
export function filterAll(answer, showAll) {
  for (const file of answer.querySelectorAll("[data-file]")) {
    const bar = /** @type {HTMLElement | null} */ (file.querySelector("[data-filter]"));
    if (!bar || "few" in bar.dataset) continue;
    bar.hidden = false;
    bar.addEventListener("input", () => narrow(/** @type {HTMLElement} */ (file), bar));
    const search = /** @type {HTMLInputElement} */ (bar.querySelector("[data-by=pupil]"));
    if ("notAll" in search.dataset) search.addEventListener("input", () => complete(search, showAll), { once: true });
  }
}

/**
 * Fetch everything, so that a pupil is looked for in all of it.
 * @param {HTMLInputElement} search
 * @param {() => Promise<void>} showAll
 */
async function complete(search, showAll) {
  await showAll();
  const now = /** @type {HTMLInputElement | null} */ (document.getElementById(search.id));
  if (!now) return;
  now.value = search.value;
  now.focus();
  now.dispatchEvent(new Event("input", { bubbles: true }));
}

/**
 * Hide what does not fit.
 * @param {HTMLElement} file
 * @param {HTMLElement} bar
 */
function narrow(file, bar) {
  const severities = [...bar.querySelectorAll("[data-by=severity]")];
  const off = severities.filter((box) => !box.checked).map((box) => box.value);
  const kind = bar.querySelector("[data-by=kind]")?.value ?? "";
  const words = bar.querySelector("[data-by=pupil]").value.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const group of file.querySelectorAll("[data-kind]")) {
    const fits = !off.includes(group.dataset.severity) && (!kind || group.dataset.kind === kind);
    const count = fits ? narrowGroup(group, words) : 0;
    group.hidden = !count;
    shown += count;
  }
  const all = file.querySelectorAll("[data-finding]").length;
  file.querySelector("[data-none]").hidden = shown > 0;
  bar.querySelector("[data-said]").textContent = shown === all ? "" : `${shown} of ${all} shown`;
}

/**
 * Hide the findings about other pupils; how many are left.
 * @param {HTMLElement} group
 * @param {string[]} words
 */
function narrowGroup(group, words) {
  let count = 0;
  for (const finding of group.querySelectorAll("[data-finding]")) {
    const about = finding.dataset.pupil.toLowerCase();
    finding.hidden = !words.every((word) => about.includes(word));
    count += finding.hidden ? 0 : 1;
  }
  const more = group.querySelector("[data-more]");
  if (more && words.length) more.open = true;
  return count;
}
