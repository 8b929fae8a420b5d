// Photos of a report, one after the other, each with its progress; what a bad line broke is sent again.
import { element } from "./element.js";
import { shrink } from "./shrink.js";

const PAUSES_MS = [2_000, 5_000, 15_000];
const BUSY = [408, 429, 502, 503, 504];

/** @typedef {{ status: number, words: string, offer: string }} Answer what the server said; status 0 without a line */
/** @typedef {{ form: HTMLFormElement, photo: Blob, name: string, id: string }} Parcel a photo on its way */

/**
 * Let a form with a file field send its photos without leaving the page.
 * @param {HTMLFormElement} form
 */
export function offerUploads(form) {
  const field = /** @type {HTMLInputElement | null} */ (form.querySelector("input[type=file]"));
  const list = document.querySelector("[data-photos]");
  if (!field || !list) return;
  field.multiple = true;
  form.querySelector("button")?.setAttribute("hidden", "");
  let before = Promise.resolve();
  field.addEventListener("change", () => {
    for (const file of field.files ?? []) {
      const row = entry(form, list, file);
      before = before.then(() => row.send());
    }
    field.value = "";
  });
}

/**
 * @param {HTMLFormElement} form
 * @param {Element} list
 * @param {File} file
 * @returns {{ send: () => Promise<void> }}
 */
function entry(form, list, file) {
  const bar = element("progress", { max: 1, value: 0, "aria-label": file.name });
  const words = element("span", { role: "status" }, form.dataset.waiting ?? "");
  const again = element("button", { type: "button", class: "plain", hidden: true }, form.dataset.again ?? "");
  list.append(element("li", {}, element("b", {}, file.name), " ", words, bar, again));
  const id = newId();
  const send = async () => {
    again.hidden = true;
    bar.hidden = false;
    const small = await shrink(file).catch(() => file); // as it is: a file that is lost fails below, and holds up no other
    const answer = await persist({ form, photo: small, name: file.name, id }, bar, words);
    bar.hidden = true;
    words.textContent = answer.words || (form.dataset.failed ?? "");
    again.hidden = answer.status !== 0 && !BUSY.includes(answer.status);
    // beside this page, whose code may not be noted yet, and whose other photos are still on their way
    if (answer.offer) words.after(" ", element("a", { href: answer.offer, target: "_blank" }, form.dataset.offer ?? ""));
  };
  again.addEventListener("click", () => void send());
  return { send };
}

/** @returns {string} an id (32 hexadecimal digits) by which the server knows a photo that it has kept already */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16)); // randomUUID is not there over plain http
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/**
 * Send one photo, again after a while where the line or the server failed.
 * @param {Parcel} parcel
 * @param {HTMLProgressElement} bar
 * @param {HTMLElement} words
 * @returns {Promise<Answer>}
 */
async function persist(parcel, bar, words) {
  const told = parcel.form.dataset;
  for (const pause of PAUSES_MS) {
    words.textContent = told.sending ?? "";
    const answer = await post(parcel, bar);
    if (answer.status !== 0 && !BUSY.includes(answer.status)) return answer;
    words.textContent = told.retrying ?? "";
    await new Promise((over) => setTimeout(over, pause));
  }
  return post(parcel, bar);
}

/**
 * @param {Parcel} parcel
 * @param {HTMLProgressElement} bar
 * @returns {Promise<Answer>}
 */
function post({ form, photo, name, id }, bar) {
  const content = new FormData(form);
  content.set("photo", photo, name);
  content.set("client_id", id);
  return new Promise((done) => {
    const request = new XMLHttpRequest(); // fetch tells no progress of what it sends
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => (bar.value = total ? loaded / total : 0));
    request.addEventListener("loadend", () => {
      const told = request.response ?? {};
      done({ status: request.status, words: told.words ?? told.detail ?? "", offer: told.offer ?? "" });
    });
    request.send(content);
  });
}
