// "My location": fills a form's lat and lon from the device, then sends the form.

const DENIED = 1; // GeolocationPositionError.PERMISSION_DENIED
const DIGITS = 5; // about a metre
const OPTIONS = { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 };

/**
 * Show and tie the buttons that ask the device where it is.
 * @param {ParentNode} page
 */
export function offerLocating(page) {
  if (!("geolocation" in navigator)) return;
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (page.querySelectorAll("button[data-locate]"))) {
    button.hidden = false;
    button.addEventListener("click", () => locate(button));
  }
}

/** @param {HTMLButtonElement} button */
function locate(button) {
  const form = button.form;
  if (!form) return;
  say(form, button.dataset.waiting);
  button.disabled = true;
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      button.disabled = false;
      fill(form, "lat", coords.latitude);
      fill(form, "lon", coords.longitude);
      form.submit(); // not requestSubmit: a search text that is still empty must not hold the position back
    },
    (error) => {
      button.disabled = false;
      say(form, error.code === DENIED ? button.dataset.denied : button.dataset.failed);
    },
    OPTIONS,
  );
}

/**
 * Put a coordinate into a form's field, which is made where it is missing.
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {number} value degrees
 */
export function fill(form, name, value) {
  let field = /** @type {HTMLInputElement | null} */ (form.querySelector(`input[name="${name}"]`));
  if (!field) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    form.append(field);
  }
  field.value = value.toFixed(DIGITS);
}

/**
 * @param {HTMLFormElement} form
 * @param {string | undefined} words
 */
function say(form, words) {
  const status = form.querySelector("[data-locate-status]");
  if (status) status.textContent = words ?? "";
}
