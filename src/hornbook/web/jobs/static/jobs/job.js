// How far work is, every second, and on to the result when it is done.

const EVERY = 1000;

/** Look again: another page is the result; what this page says is written into it. */
async function look() {
  const response = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (response.redirected) return location.replace(response.url);
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  if (!response.ok || !page.getElementById("job")) return location.reload();
  update(page);
  setTimeout(lookAgain, EVERY);
}

/** @param {Document} page */
function update(page) {
  for (const place of document.querySelectorAll("[data-live]")) {
    const now = page.querySelector(`[data-live="${place.dataset.live}"]`);
    // The same words are not said again, and nothing else loses the focus.
    if (place.innerHTML !== now.innerHTML) place.replaceChildren(...now.childNodes);
  }
  const bar = document.querySelector("#job progress");
  const now = page.querySelector("#job progress");
  for (const name of ["value", "max"]) {
    if (now.hasAttribute(name)) bar.setAttribute(name, now.getAttribute(name));
    else bar.removeAttribute(name);
  }
}

/** A server that is being restarted does not answer for a while. */
function lookAgain() {
  look().catch(() => setTimeout(lookAgain, EVERY));
}

setTimeout(lookAgain, EVERY);
