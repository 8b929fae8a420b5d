// The planner's desk: villages chosen on a map, in a chart or in the table are chosen in all of them, at once; each link
// that is pressed here also leads there without a script. The address always holds what is chosen.
import { offerSwiping } from "./swipe.js";

const desk = /** @type {HTMLElement | null} */ (document.querySelector("[data-desk]"));

/** @param {HTMLElement} desk */
function offerChoosing(desk) {
  const chosen = new Set((desk.dataset["picked"] ?? "").split(",").filter(Boolean));
  desk.addEventListener("click", (event) => {
    const pressed = event.target instanceof Element && event.target.closest("[data-mark], [data-clear]");
    if (!pressed || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const mark = pressed.getAttribute("data-mark");
    if (mark === null) chosen.clear();
    else if (!chosen.delete(mark)) chosen.add(mark);
    show(desk, chosen);
  });
  for (const kind of ["pointerover", "pointerout"]) {
    desk.addEventListener(kind, (event) => {
      const village = event.target instanceof Element && event.target.closest(".villages a, tbody tr");
      const code = village && (village.getAttribute("data-mark") ?? village.getAttribute("data-code"));
      if (code) for (const same of twins(desk, code)) same.classList.toggle("hot", kind === "pointerover");
    });
  }
}

/**
 * @param {HTMLElement} desk
 * @param {string} code of a village
 */
function twins(desk, code) {
  return desk.querySelectorAll(`.villages [data-mark="${CSS.escape(code)}"], tr[data-code="${CSS.escape(code)}"]`);
}

/**
 * Show what is chosen on maps, charts and table, in the sum above them, and in the address.
 * @param {HTMLElement} desk
 * @param {Set<string>} chosen
 */
function show(desk, chosen) {
  const rows = [.../** @type {NodeListOf<HTMLElement>} */ (desk.querySelectorAll("tbody tr"))];
  const held = rows.filter((row) => holds(row, chosen));
  for (const row of rows) row.hidden = chosen.size > 0 && !held.includes(row);
  for (const village of desk.querySelectorAll(".villages a")) village.classList.toggle("picked", holds(village, chosen));
  for (const link of desk.querySelectorAll(".bars a, a.pick")) {
    const mark = link.getAttribute("data-mark") ?? "";
    link.classList.toggle("picked", chosen.has(mark));
    if (chosen.has(mark)) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  for (const bar of desk.querySelectorAll(".bars a")) fill(bar, rows, held);
  sum(desk, chosen.size ? held : rows, chosen.size > 0);
  remember(chosen);
}

/**
 * @param {Element} element
 * @param {Set<string>} chosen
 */
function holds(element, chosen) {
  return (element.getAttribute("data-marks") ?? "").split(" ").some((mark) => chosen.has(mark));
}

/**
 * Draw below a bar which part of its villages is chosen.
 * @param {Element} bar
 * @param {HTMLElement[]} rows
 * @param {HTMLElement[]} held
 */
function fill(bar, rows, held) {
  const own = new Set([bar.getAttribute("data-mark") ?? ""]);
  const all = rows.filter((row) => holds(row, own)).length;
  const part = all ? held.filter((row) => holds(row, own)).length / all : 0;
  const length = Number.parseFloat(bar.querySelector(".bar")?.getAttribute("width") ?? "0");
  bar.querySelector(".held")?.setAttribute("width", `${(length * part).toFixed(1)}%`);
}

/**
 * @param {HTMLElement} desk
 * @param {HTMLElement[]} rows
 * @param {boolean} some whether only some of the villages are chosen
 */
function sum(desk, rows, some) {
  const line = /** @type {HTMLElement | null} */ (desk.querySelector("[data-sum]"));
  const words = line?.querySelector("[data-words]");
  const clear = /** @type {HTMLElement | null} */ (desk.querySelector("[data-clear]"));
  if (!line || !words || !clear) return;
  const known = rows.every((row) => row.dataset["people"]);
  const people = rows.reduce((total, row) => total + Number(row.dataset["people"]), 0);
  words.textContent = (line.dataset[some ? "some" : "all"] ?? "")
    .replace("{n}", written(rows.length))
    .replace("{people}", known ? written(people) : (line.dataset["nobody"] ?? ""));
  clear.hidden = !some;
  reach(desk, rows, people);
}

/**
 * Say how many people of the villages are there within half an hour, how many are not, and how many have no way.
 * @param {HTMLElement} desk
 * @param {HTMLElement[]} rows
 * @param {number} people of the villages
 */
function reach(desk, rows, people) {
  const words = /** @type {HTMLElement | null} */ (desk.querySelector("[data-reach]"));
  if (!words) return;
  const known = rows.every((row) => row.dataset["people"] && row.dataset["near"] && row.dataset["reached"]);
  const [near, reached] = ["near", "reached"].map((name) => rows.reduce((total, row) => total + Number(row.dataset[name]), 0));
  words.textContent = known
    ? (words.dataset["reach"] ?? "")
        .replace("{near}", written(near ?? 0))
        .replace("{far}", written(Math.max(people - (near ?? 0), 0)))
        .replace("{lost}", written(Math.max(people - (reached ?? 0), 0)))
    : (words.dataset["unknown"] ?? "");
}

/** @param {number} number */
function written(number) {
  return Math.round(number).toLocaleString(document.documentElement.lang);
}

/**
 * Keep what is chosen in the address, and in all that leads on from here.
 * @param {Set<string>} chosen
 */
function remember(chosen) {
  const marks = [...chosen].sort().join(",");
  const put = (/** @type {string} */ address) => {
    const url = new URL(address, location.href);
    if (marks) url.searchParams.set("pilih", marks);
    else url.searchParams.delete("pilih");
    return url.href;
  };
  history.replaceState(null, "", put(location.href));
  for (const field of /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll("input[name=pilih]"))) field.value = marks;
  for (const form of /** @type {NodeListOf<HTMLFormElement>} */ (document.querySelectorAll("form[method=post]"))) form.action = put(form.action);
  for (const link of /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".tools a, thead a, [data-share]"))) link.href = put(link.href);
}

if (desk) {
  offerChoosing(desk);
  offerSwiping(desk);
}
/** @type {HTMLElement | null} */ (document.querySelector("[role=alert]"))?.focus();
