// Imports: the file goes up with a bar, and the page of a step at work follows it without loading anew.

const EVERY_MS = 1_000;

for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[data-upload]"))) offerSending(form);
for (const box of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-state]"))) void follow(box);

/**
 * Send a form's file with its progress, and go on to the page of the file.
 * @param {HTMLFormElement} form
 */
function offerSending(form) {
  const field = /** @type {HTMLInputElement | null} */ (form.querySelector("input[type=file]"));
  const going = /** @type {HTMLElement | null} */ (form.querySelector("[data-going]"));
  const bar = form.querySelector("progress");
  const words = form.querySelector("[role=status]");
  const button = form.querySelector("button");
  if (!field || !going || !bar || !words || !button) return;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    going.hidden = false;
    if ((field.files?.[0]?.size ?? 0) > Number(form.dataset.most)) {
      words.textContent = form.dataset.tooLarge ?? "";
      return;
    }
    button.disabled = true;
    words.textContent = form.dataset.sending ?? "";
    send(form, bar, (answer) => {
      if (answer.address) return location.assign(answer.address);
      button.disabled = false;
      bar.value = 0;
      words.textContent = answer.words || answer.detail || (form.dataset.failed ?? "");
    });
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLProgressElement} bar
 * @param {(answer: { address?: string, words?: string, detail?: string }) => void} done
 */
function send(form, bar, done) {
  const request = new XMLHttpRequest(); // fetch tells no progress of what it sends
  request.open("POST", form.action);
  request.setRequestHeader("Accept", "application/json");
  request.responseType = "json";
  request.upload.addEventListener("progress", ({ loaded, total }) => (bar.value = total ? loaded / total : 0));
  request.addEventListener("loadend", () => done(request.response ?? {}));
  request.send(new FormData(form));
}

/**
 * Ask how far a step is until it ends; then the page is another one.
 * @param {HTMLElement} box
 */
async function follow(box) {
  const bar = box.querySelector("progress");
  const words = box.querySelector("[role=status]");
  for (;;) {
    await new Promise((over) => setTimeout(over, EVERY_MS));
    const answer = await fetch(box.dataset.state ?? "").catch(() => null);
    if (!answer) continue; // a line that is gone comes back
    if (!answer.ok) return location.reload();
    const told = await answer.json();
    if (told.state !== box.dataset.now) return location.reload();
    if (bar && told.percent !== null) bar.value = told.percent;
    if (words && words.textContent !== told.doing) words.textContent = told.doing;
  }
}
