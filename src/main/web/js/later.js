/**
 * What waits until the page has settled, one part after another: between two a finger is heard, and
 * what a page does not have costs it nothing. The line opens last, when all who listen to it are there.
 */
import { goLive } from "./live.js";

/** @type {(() => unknown)[]} */
const PARTS = [
  () => import("./stock-pulse.js"),
  () => import("./live-audience.js"),
  () => import("./heart-tap.js"),
  () => import("./preview-clip.js"),
  () => import("./broken-picture.js"),
  () => import("./turn.js"),
  () => import("./offline.js"),
  () => import("./snap-feed.js"),
  follow,
];

const of = (/** @type {string} */ place) => /** @type {HTMLElement | null} */ (document.querySelector(place));

// In a file of its own: nobody waits for it who has not yet laid a finger on the page.
const HANDS = "./hands/all.js";
const UNASKED_MS = 3_000;
// Without a line it cannot be had now; it is asked for again when there is one.
/** @type {() => Promise<unknown>} */
const hands = () => import(HANDS).catch(() => addEventListener("online", hands, { once: true }));
for (const kind of ["pointerdown", "keydown"]) addEventListener(kind, hands, { once: true });
setTimeout(hands, UNASKED_MS);

function follow() {
  goLive(of("live-order")?.dataset.order);
  const detail = of(".product")?.dataset.product;
  if (detail) document.dispatchEvent(new CustomEvent("card-active", { detail }));
}

async function next() {
  await PARTS.shift()?.();
  if (PARTS.length > 0) setTimeout(next);
}
next();
