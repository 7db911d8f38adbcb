/**
 * The Turn: one shelf yields to the next. Hears "clock-over" and "live-frame"; fetches the new
 * landing page after a random pause, so that a thousand phones do not come at once, and swaps it
 * in. Never under the hands of somebody: then a pill says so, and the old prices are marked over.
 */
import { say, scene } from "./page.js";
import { word } from "./words.js";

const SPREAD_MS = 2000;
const AGAIN_MS = 2000;
const TRIES_MAX = 60;
const READING_MS = 3000;

let scrolled = 0;
let turning = false;

const main = () => /** @type {HTMLElement} */ (document.getElementById("main"));
const shown = () => Number(main().dataset.edition ?? "-1");

/** Whether moving the page now would pull the floor away. */
function busy() {
  const typing = document.querySelector("dialog[open], :is(input, select, textarea):focus") !== null;
  const below = Math.max(scrollY, main().scrollTop) > innerHeight / 2;
  return typing || (below && Date.now() - scrolled < READING_MS);
}

/** @param {number} [tries] */
function turn(tries = 0) {
  if (turning && tries === 0) return;
  turning = true;
  setTimeout(async () => {
    const answer = await fetch("/", { headers: { Accept: "text/html" } }).catch(() => undefined);
    const next = new DOMParser().parseFromString((await answer?.text()) ?? "", "text/html");
    const fresh = next.getElementById("main");
    if (answer?.ok && fresh && Number(fresh.dataset.edition ?? "-1") !== shown()) {
      turning = false;
      if (shown() < 0 || busy()) pill();
      else swap(next, fresh);
    } else if (tries < TRIES_MAX) {
      turn(tries + 1);
    }
  }, tries === 0 ? Math.random() * SPREAD_MS : AGAIN_MS);
}

/** @param {Document} next @param {HTMLElement} fresh */
function swap(next, fresh) {
  const change = () => {
    main().replaceWith(document.adoptNode(fresh));
    const [old, fuse] = [document, next].map((it) => it.querySelector("fuse-line"));
    old?.remove();
    if (fuse) document.querySelector(".top")?.after(document.adoptNode(fuse));
    scrollTo(0, 0);
  };
  scene(change);
  const count = fresh.querySelectorAll("article").length;
  if (count > 0) say(word("new_shelf_counted", count));
}

function pill() {
  for (const card of document.querySelectorAll(".card, .hero")) card.setAttribute("data-state", "over");
  if (document.querySelector(".pill")) return;
  const link = Object.assign(document.createElement("a"), { className: "pill", href: "/" });
  link.textContent = word("new_shelf_see");
  document.querySelector(".top")?.append(link);
  say(word("new_shelf_live"));
}

document.addEventListener("scroll", () => (scrolled = Date.now()), { capture: true, passive: true });
document.addEventListener("clock-over", () => turn());
document.addEventListener("live-frame", (event) => {
  const number = /** @type {CustomEvent} */ (event).detail.edition?.number;
  if (number && shown() >= 0 && number > shown()) turn();
});
