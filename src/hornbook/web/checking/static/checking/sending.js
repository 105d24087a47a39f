// Sending a form, and taking apart what comes back.

/**
 * The page that answers.
 * @param {string} address
 * @param {FormData} data
 */
export async function fetchPage(address, data) {
  const response = await fetch(address, { method: "POST", body: data });
  return new DOMParser().parseFromString(await response.text(), "text/html");
}

/**
 * What of a page goes in the answer's place: the answer, else why there is none.
 * @param {Document} page
 */
export function answerOf(page) {
  const answer = page.getElementById("check-answer");
  if (answer?.firstElementChild) return [...answer.childNodes];
  const problem = page.querySelector(".govuk-error-summary");
  return problem ? [problem] : [...(page.querySelector("main") ?? page.body).childNodes];
}

/**
 * Save what was sent as a file; false where it is none.
 * @param {Response} response
 */
export async function save(response) {
  const name = nameOf(response.headers.get("Content-Disposition") ?? "");
  if (!name) return false;
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
  return true;
}

/** @param {string} disposition */
function nameOf(disposition) {
  const plain = /filename="([^"]+)"/.exec(disposition);
  const encoded = /filename\*=utf-8''([^;]+)/i.exec(disposition);
  return encoded ? decodeURIComponent(encoded[1]) : (plain?.[1] ?? "");
}
