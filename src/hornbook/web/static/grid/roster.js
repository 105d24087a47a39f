/** Which pupil a line of somebody's list is about: by UPN, else by name and class. */

import { folded, parted, spellings } from "./names.js";

/** @typedef {import("./sheet.js").Pupil} Pupil */
/** @typedef {{upn: string, name: string, group: string}} Line what a list says of a pupil */
/** @typedef {{pupil?: Pupil, why: string}} Found */

const UPN = /^[A-Z][0-9]{11}[0-9A-Z]$/;

export class Roster {
  /** @param {Iterable<Pupil>} pupils */
  constructor(pupils) {
    const all = [...pupils];
    /** @type {Map<string, Pupil>} */
    this.byUpn = new Map(all.filter(({ upn }) => upn).map((pupil) => [pupil.upn, pupil]));
    /** @type {Map<string, Pupil[]>} */
    this.byName = new Map();
    for (const pupil of all)
      for (const name of new Set(spellings(pupil.name)))
        this.byName.set(name, [...(this.byName.get(name) ?? []), pupil]);
    this.classes = new Set(all.map((pupil) => folded(pupil.class)));
    this.surnames = new Set(all.map(({ name }) => folded(parted(name)[0])));
    this.forenames = new Set(all.map(({ name }) => folded(parted(name)[1])));
  }

  /** @returns {Record<"upn" | "name" | "surname" | "forename", (text: string) => boolean>} what looks like what */
  get looks() {
    return {
      upn: (text) => UPN.test(text.toUpperCase()),
      name: (text) => this.byName.has(folded(text)),
      surname: (text) => this.surnames.has(folded(text)),
      forename: (text) => this.forenames.has(folded(text)),
    };
  }

  /**
   * A UPN decides; without one, a name that one pupil has, or one of the class.
   * @param {Line} line
   * @returns {Found}
   */
  find({ upn, name, group }) {
    if (upn) return found(this.byUpn.get(upn.toUpperCase()), "No pupil here has this UPN.");
    const called = this.byName.get(folded(name)) ?? [];
    const inClass = called.filter((pupil) => folded(pupil.class) === folded(group));
    const [only, another] = called.length > 1 && group ? inClass : called;
    if (!another) return found(only, "No pupil here has this name.");
    return found(undefined, `${called.length} pupils have this name. A column of UPNs tells them apart.`);
  }
}

/**
 * @param {Pupil | undefined} pupil
 * @param {string} otherwise why there is none
 * @returns {Found}
 */
function found(pupil, otherwise) {
  return { pupil, why: pupil ? "" : otherwise };
}
