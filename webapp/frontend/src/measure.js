// A phone measures its own internet: waiting time, loading, sending; then sends the result, its place rounded first.

const DENIED = 1; // GeolocationPositionError.PERMISSION_DENIED
const DIGITS = 3; // of degrees, about 100 m: nothing finer leaves the phone
const PINGS = 5;
const LONGEST_MS = 8_000; // of loading: a slow line has told enough by then
const GIVE_UP_MS = 20_000; // one answer that takes longer is a broken line
const LOCATING = { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 };

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-measure]"));
const start = /** @type {HTMLButtonElement | null} */ (form?.querySelector("[data-start]") ?? null);
if (form && start && "geolocation" in navigator) {
  start.hidden = false;
  start.addEventListener("click", () => form.reportValidity() && locate(form, start));
}

/**
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement} start
 */
function locate(form, start) {
  start.disabled = true;
  say(form, "locating");
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      put(form, "lat", coords.latitude.toFixed(DIGITS));
      put(form, "lon", coords.longitude.toFixed(DIGITS));
      measure(form).catch(() => {
        start.disabled = false;
        say(form, "broken");
      });
    },
    (error) => {
      start.disabled = false;
      say(form, error.code === DENIED ? "denied" : "failed");
    },
    LOCATING,
  );
}

/** @param {HTMLFormElement} form */
async function measure(form) {
  const part = Number(form.dataset.part);
  say(form, "waiting");
  const waited = [];
  for (let i = 0; i < PINGS; i++) waited.push(await timed(() => ask("/internet/uji/denyut")));
  put(form, "latency_ms", Math.min(...waited).toFixed(1));
  say(form, "loading");
  let loaded = 0;
  let taken = 0;
  for (let i = 0; i < Number(form.dataset.parts) && taken < LONGEST_MS; i++) {
    taken += await timed(async () => (loaded += (await (await ask("/internet/uji/unduh")).arrayBuffer()).byteLength));
  }
  put(form, "down_mbps", mbps(loaded, taken));
  say(form, "sending");
  const sent = await timed(() => ask("/internet/uji/unggah", { method: "POST", body: noise(part) }));
  put(form, "up_mbps", mbps(part, sent));
  form.submit();
}

/**
 * @param {string} address
 * @param {RequestInit} [more]
 */
async function ask(address, more = {}) {
  const response = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(GIVE_UP_MS), ...more });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return response;
}

/** @param {() => Promise<unknown>} act @returns {Promise<number>} milliseconds */
async function timed(act) {
  const from = performance.now();
  await act();
  return performance.now() - from;
}

/** @param {number} bytes @param {number} ms */
function mbps(bytes, ms) {
  return ((bytes * 8) / 1000 / Math.max(ms, 1)).toFixed(3);
}

/** @param {number} bytes @returns {Uint8Array<ArrayBuffer>} what nothing on the way can squeeze */
function noise(bytes) {
  const made = new Uint8Array(bytes);
  const most = 65_536; // of one call
  for (let at = 0; at < bytes; at += most) crypto.getRandomValues(made.subarray(at, Math.min(at + most, bytes)));
  return made;
}

/**
 * @param {HTMLFormElement} form
 * @param {string} name
 * @param {string} value
 */
function put(form, name, value) {
  let field = /** @type {HTMLInputElement | null} */ (form.querySelector(`input[name="${name}"]`));
  if (!field) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    form.append(field);
  }
  field.value = value;
}

/** @param {HTMLFormElement} form @param {string} name of the words in the form's data */
function say(form, name) {
  const status = form.querySelector("[data-status]");
  if (status) status.textContent = form.dataset[name] ?? "";
}
