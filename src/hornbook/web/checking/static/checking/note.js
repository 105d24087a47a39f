// The note to whoever made the file: with UPNs or without, and copied.

/** @param {HTMLElement} answer */
export function prepareNotes(answer) {
  for (const note of answer.querySelectorAll(".check-note")) {
    const tick = note.querySelector("[data-upns]");
    const [plain, withUpns] = note.querySelectorAll("[data-note]");
    const button = note.querySelector("[data-copy-note]");
    note.querySelector("[data-note-choice]").hidden = false;
    button.hidden = !navigator.clipboard;
    const choose = () => {
      plain.hidden = tick.checked;
      withUpns.hidden = !tick.checked;
      note.querySelector("[data-copied]").textContent = "";
    };
    tick.addEventListener("change", choose);
    button.addEventListener("click", async () => {
      const text = (tick.checked ? withUpns : plain).querySelector("textarea").value;
      await navigator.clipboard.writeText(text);
      note.querySelector("[data-copied]").textContent = "Copied.";
    });
    choose();
  }
}
