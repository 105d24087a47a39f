/** Asks before the page is left while something typed is not at the server. */

/** @param {() => boolean} isUnsaved whether something typed is not at the server */
export function warnOnLeaving(isUnsaved) {
  let signingIn = false;
  document.addEventListener("click", ({ target }) => {
    // What was typed comes back with the person.
    signingIn = target instanceof Element && target.closest("[data-sign-in]") !== null;
  });
  addEventListener("beforeunload", (event) => {
    if (isUnsaved() && !signingIn) event.preventDefault();
  });
}
