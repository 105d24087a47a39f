// Check a file: the files that were chosen stay here, in the browser, and are sent again
// whenever more is asked for. The server answers with a page, and keeps nothing.
import { filterAll } from "./filter.js";
import { prepareNotes } from "./note.js";
import { chosen, tooLarge } from "./files.js";
import { fetchPage, answerOf, save } from "./sending.js";

const form = /** @type {HTMLFormElement} */ (document.getElementById("check"));
const input = /** @type {HTMLInputElement} */ (document.getElementById("id_file"));
const zone = /** @type {HTMLElement} */ (input.closest(".check-drop"));
const names = /** @type {HTMLElement} */ (document.getElementById("check-names"));
const said = /** @type {HTMLElement} */ (document.getElementById("check-said"));
const answer = /** @type {HTMLElement} */ (document.getElementById("check-answer"));

/** @type {File[]} */
let kept = [];
let turn = 0;

/**
 * The fields of a form with the files that are kept.
 * @param {HTMLFormElement} from
 * @param {HTMLElement | null} [button]
 * @param {File[]} [files]
 */
function filled(from, button = null, files = kept) {
  const data = new FormData(from);
  data.delete("file");
  for (const file of files) data.append("file", file);
  if (button instanceof HTMLButtonElement && button.name) data.set(button.name, button.value);
  return data;
}

/** Make the parts of a new answer work. */
function prepare() {
  filterAll(answer, showAll);
  prepareNotes(answer);
  for (const button of answer.querySelectorAll("[data-all], [data-print]")) button.hidden = false;
}

/** @param {string} words */
function refuse(words) {
  const box = document.createElement("div");
  box.className = "govuk-error-summary";
  box.append(Object.assign(document.createElement("p"), { className: "govuk-body", textContent: words }));
  answer.replaceChildren(box);
  said.textContent = words;
}

/**
 * Send the files, and put what the server answers in place.
 * @param {FormData} data
 */
async function check(data) {
  const mine = ++turn;
  answer.setAttribute("aria-busy", "true");
  said.textContent = "Checking.";
  try {
    const page = await fetchPage(form.action, data);
    if (mine !== turn) return false;
    answer.replaceChildren(...answerOf(page));
    said.textContent = page.getElementById("check-said")?.textContent || answer.textContent || "";
    prepare();
  } catch {
    if (mine !== turn) return false;
    refuse("The file could not be sent. Look whether this machine is connected, and press Check again.");
  } finally {
    if (mine === turn) answer.removeAttribute("aria-busy");
  }
  return true;
}

/** @param {FileList | null} files */
async function take(files) {
  if (!files?.length) return;
  try {
    kept = await chosen(files);
  } catch {
    refuse("That could not be read. Drop files, or a zip of them, not a folder.");
    return;
  }
  // So that the same file, made once more, can be chosen again.
  input.value = "";
  names.textContent = kept.map((file) => file.name).join(", ");
  names.hidden = false;
  const words = tooLarge(kept, Number(form.dataset.most));
  if (words) refuse(words);
  else if (await check(filled(form))) show();
}

/** Bring the verdict into view. */
function show() {
  zone.dataset.small = "";
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  answer.firstElementChild?.scrollIntoView({ behavior: still ? "auto" : "smooth", block: "start" });
}

/** Everything that was found, on the page. */
async function showAll() {
  const data = filled(form);
  data.set("show", "all");
  await check(data);
}

/**
 * A form below the answer: what comes back is saved, or is a page that says why not.
 * @param {HTMLFormElement} asked
 * @param {HTMLElement | null} button
 */
async function again(asked, button) {
  const response = await fetch(asked.action, { method: "POST", body: filled(asked, button) });
  if (await save(response)) return;
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  answer.replaceChildren(...answerOf(page));
  said.textContent = page.getElementById("check-said")?.textContent || answer.textContent || "";
  prepare();
  show();
}

input.addEventListener("change", () => take(input.files));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (kept.length) check(filled(form)).then(show);
  else input.click();
});
form.elements.namedItem("to")?.addEventListener("change", () => kept.length && check(filled(form)));
answer.addEventListener("submit", (event) => {
  const asked = event.target;
  if (!(asked instanceof HTMLFormElement) || !("again" in asked.dataset) || !kept.length) return;
  event.preventDefault();
  again(asked, event.submitter).catch(() => refuse("Hornbook could not be reached. Press Check, and try again."));
});
answer.addEventListener("click", (event) => {
  const pressed = event.target instanceof Element && event.target.closest("button");
  if (pressed && "all" in pressed.dataset) showAll();
  if (pressed && "print" in pressed.dataset) window.print();
});
// A file dropped beside the zone is meant for it too.
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    zone.dataset.over = "";
  });
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) delete zone.dataset.over;
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  delete zone.dataset.over;
  take(event.dataTransfer?.files ?? null);
});
prepare();
document.body.dataset.checkReady = "";
