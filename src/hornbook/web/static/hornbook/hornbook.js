// Behaviour of the components: error summaries take the focus, buttons are not pressed
// twice, a link can be copied, and a list of ticks can be ticked at once.
import { initAll } from "../vendor/govuk-frontend/govuk-frontend.min.js";
import { watch } from "./kept.js";

document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("govuk-frontend-supported");
}
initAll();
watch();

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(field.value);
    document.getElementById(button.getAttribute("aria-describedby")).textContent = "Copied.";
  });
}

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

for (const button of document.querySelectorAll("button[data-tick-all]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const boxes = [
      ...document.getElementById(button.dataset.tickAll).querySelectorAll("input[type=checkbox]"),
    ];
    const ticked = !boxes.every((box) => box.checked);
    for (const box of boxes) {
      box.checked = ticked;
    }
  });
}
