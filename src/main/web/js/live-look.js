/**
 * Tells the server which product is before the visitor's eyes, so that it can count who looks at
 * what. Says nothing while the page is hidden or no line is open.
 */
import { send } from "./hearts.js";

const LOOK_MS = 10_000;
const SETTLED_MS = 1000;

let connection = "";
let product = "";
/** @type {ReturnType<typeof setTimeout> | undefined} */
let soon;

/** @param {string} id the open connection, empty for none */
export function lookThrough(id) {
  connection = id;
  look();
}

function look() {
  if (!connection || !product || document.hidden) return;
  send("/live/look", { connection, product });
}

document.addEventListener("card-active", (event) => {
  product = /** @type {CustomEvent} */ (event).detail;
  clearTimeout(soon);
  soon = setTimeout(look, SETTLED_MS);
});
setInterval(look, LOOK_MS);
