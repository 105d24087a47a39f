/**
 * One request with edits to the server, and the answer, or why there is none.
 */

/** @typedef {import("./cells.js").Cell} Cell */
/** @typedef {"grid" | "paste" | "undo"} Source */
/** @typedef {{source: Source, values: Map<Cell, string>}} Batch */
/**
 * @typedef {object} CellAnswer
 * @property {number} pupil
 * @property {string} item
 * @property {string} value
 * @property {number | null} version
 * @property {"saved" | "same" | "refused" | "closed" | "conflict"} state
 * @property {string} [reason]
 * @property {string} [theirs]
 * @property {string} [by]
 * @property {string} [at]
 */
/** @typedef {{pupil: number, item: string, reason: string | null, aside: string}} Closed how a cell stands */
/**
 * @typedef {object} Answer
 * @property {CellAnswer[]} cells
 * @property {Record<string, string>} missing
 * @property {Closed[]} closed
 */

export const SIGNED_OUT =
  "You have been signed out. What you typed is kept in this browser until you sign in again, unless somebody else signs in first.";

/** A request that did not come back with an answer. */
export class NotSaved extends Error {
  /**
   * @param {string} message
   * @param {{waits?: boolean, signedOut?: boolean}} way whether time may help, or signing in
   */
  constructor(message, { waits = false, signedOut = false } = {}) {
    super(message);
    this.waits = waits;
    this.signedOut = signedOut;
  }
}

/**
 * @param {string} address
 * @param {string} token that shows that the request comes from this page
 * @param {Batch} batch
 * @returns {Promise<Answer>}
 */
export async function post(address, token, batch) {
  const response = await fetch(address, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      Accept: "application/json",
      "X-CSRFToken": token,
    },
    credentials: "same-origin",
    body: JSON.stringify({
      source: batch.source,
      person: Number(document.body.dataset.person),
      edits: editsOf(batch),
    }),
  }).catch(() => {
    throw new NotSaved("The network has gone.", { waits: true });
  });
  return answerOf(response);
}

/** @param {Batch} batch */
function editsOf(batch) {
  return [...batch.values].map(([cell, value]) => ({
    pupil: Number(cell.dataset.pupil),
    item: cell.dataset.item,
    value,
    base: cell.dataset.version ? Number(cell.dataset.version) : null,
  }));
}

/**
 * @param {Response} response
 * @returns {Promise<Answer>}
 */
async function answerOf(response) {
  const json = (response.headers.get("Content-Type") ?? "").includes("json");
  if (response.ok && json && !response.redirected) return response.json();
  if (isSignedOut(response)) {
    throw new NotSaved(SIGNED_OUT, { signedOut: true });
  }
  if (response.status >= 500 || response.status === 429) {
    throw new NotSaved("The server could not save.", { waits: true });
  }
  throw new NotSaved(`The server could not take this (${response.status}).`);
}

/**
 * @param {Response} response
 * @returns {boolean} whether the server wants somebody to sign in, and is not merely away
 */
export function isSignedOut({ redirected, status }) {
  return redirected || status === 401 || status === 403;
}
