/**
 * What becomes of what was typed once the server has answered: the grid and the page of one
 * pupil at a time settle alike, each in its own places.
 */

/** @typedef {import("./posting.js").CellAnswer} CellAnswer */
/**
 * @typedef {object} Becomes
 * @property {"saved" | "refused" | "conflict"} state
 * @property {string | undefined} holds what the server holds, where it says so
 * @property {string} why the value typed was not taken, or ""
 */
/**
 * @template Place
 * @typedef {object} Places
 * @property {(pupil: number, item: string) => Place | undefined} find
 * @property {(place: Place) => boolean} newer whether another value has been typed there since
 * @property {(place: Place, becomes: Becomes, answer: CellAnswer) => void} learn what the server holds now
 * @property {(place: Place, becomes: Becomes, answer: CellAnswer) => void} settle the value that was typed
 */

/**
 * @template Place
 * @param {CellAnswer[]} answers
 * @param {Places<Place>} places
 */
export function settle(answers, places) {
  for (const answer of answers) {
    const place = places.find(answer.pupil, answer.item);
    if (!place) continue;
    const becomes = becomesOf(answer);
    // A newer value goes on from what the person saw: it clashes with what they did not see,
    // and its own answer will settle the place.
    const newer = places.newer(place);
    if (!newer || becomes.state !== "conflict") places.learn(place, becomes, answer);
    if (!newer) places.settle(place, becomes, answer);
  }
}

/**
 * @param {CellAnswer} answer
 * @returns {Becomes}
 */
export function becomesOf(answer) {
  const { state, value, theirs, reason } = answer;
  if (state === "saved" || state === "same") return { state: "saved", holds: value, why: "" };
  if (state === "conflict") return { state, holds: theirs ?? "", why: clash(answer) };
  return { state: "refused", holds: undefined, why: reason ?? "" };
}

/**
 * @param {{by?: string, at?: string, theirs?: string, value: string}} two
 * @returns {string} both values, and whose each is
 */
export function clash({ by, at, theirs, value }) {
  const when = at ? ` at ${at}` : "";
  return `${by || "Somebody else"} put ${theirs || "a blank"} here${when}. You put ${value || "a blank"}.`;
}
