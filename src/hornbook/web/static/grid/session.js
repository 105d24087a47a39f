/** The token that shows a request comes from this page, and a new one after signing in again. */

const FIELD = "csrfmiddlewaretoken";

export class Session {
  /** @param {HTMLFormElement} form of the page, with the server's token in it */
  constructor(form) {
    this.token = tokenIn(form);
    /** Whether somebody else has signed in since: what was typed here is not theirs. */
    this.another = false;
  }

  /** Fetch this page again for the token of a new signing in. */
  async renew() {
    const response = await fetch(location.href, { credentials: "same-origin" }).catch(
      () => undefined,
    );
    if (!response?.ok || new URL(response.url).pathname !== location.pathname) return;
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    this.another = page.body.dataset.person !== document.body.dataset.person;
    if (!this.another) this.token = tokenIn(page) || this.token;
  }
}

/** @param {ParentNode} place */
function tokenIn(place) {
  const field = /** @type {HTMLInputElement | null} */ (place.querySelector(`[name=${FIELD}]`));
  return field?.value ?? "";
}
