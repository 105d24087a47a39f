/**
 * What the browser keeps of results until the server has them: pupils by number and what
 * was typed, under the person who typed it. It goes once saved, at sign-out, and when
 * somebody else signs in.
 */

const ALL = "hornbook.kept.";

/** @typedef {{pupil: number, item: string, value: string, base: number | null}} Kept */

export class Drawer {
  /**
   * @param {string} person who is signed in
   * @param {string} sheet what is being entered
   */
  constructor(person, sheet) {
    this.name = keptFor(person, sheet);
  }

  /** @returns {Record<string, Kept>} */
  all() {
    return JSON.parse(localStorage.getItem(this.name) ?? "{}");
  }

  /** @param {Kept} kept */
  put(kept) {
    this.write({ ...this.all(), [`${kept.pupil} ${kept.item}`]: kept });
  }

  /** @param {{pupil: number, item: string}} cell */
  drop({ pupil, item }) {
    const { [`${pupil} ${item}`]: gone, ...rest } = this.all();
    if (gone) this.write(rest);
  }

  /** @param {Record<string, Kept>} all */
  write(all) {
    if (Object.keys(all).length) localStorage.setItem(this.name, JSON.stringify(all));
    else localStorage.removeItem(this.name);
  }
}

/**
 * @param {string} person
 * @param {string} what
 * @returns {string} the name under which the browser, or the tab, keeps something of a person
 */
export function keptFor(person, what) {
  return `${ALL}${person}.${what}`;
}

/**
 * @param {Storage} storage of the browser, or of the tab
 * @returns {string[]} the names under which anything is kept
 */
function names(storage) {
  return Object.keys(storage).filter((name) => name.startsWith(ALL));
}

/** @param {(name: string) => boolean} which */
function forget(which) {
  for (const storage of [localStorage, sessionStorage])
    for (const name of names(storage).filter(which)) storage.removeItem(name);
}

/** @returns {number} how many values are kept that the server does not have */
function count() {
  return names(localStorage).reduce(
    (total, name) => total + Object.keys(JSON.parse(localStorage.getItem(name) ?? "{}")).length,
    0,
  );
}

/** @param {SubmitEvent} event */
function signOut(event) {
  const unsaved = count();
  const words = `${unsaved === 1 ? "1 value has" : `${unsaved} values have`} not been saved and will be lost. Sign out?`;
  if (unsaved && !confirm(words)) event.preventDefault();
  else forget(() => true);
}

/** On every page: what another person left goes; what this one typed goes at sign-out. */
export function watch() {
  const { person } = document.body.dataset;
  if (person) forget((name) => !name.startsWith(keptFor(person, "")));
  for (const form of document.querySelectorAll("form[data-sign-out]"))
    form.addEventListener("submit", (event) => signOut(/** @type {SubmitEvent} */ (event)));
}
