/** Tells the server which product is being looked at, by the name of the open line. */
const LOOK_MS = 10_000;
const SOON_MS = 1000;

let connection = "";
let product = "";
/** @type {ReturnType<typeof setTimeout> | undefined} */
let soon;

/** @param {string} line its name; empty when there is none */
export function lookFrom(line) {
  connection = line;
  look();
}

function look() {
  if (!connection || !product || document.hidden) return;
  const body = JSON.stringify({ connection, product });
  const headers = { "Content-Type": "application/json" };
  fetch("/live/look", { method: "POST", headers, body, keepalive: true }).catch(() => {});
}

document.addEventListener("card-active", (event) => {
  product = /** @type {CustomEvent} */ (event).detail;
  clearTimeout(soon);
  soon = setTimeout(look, SOON_MS);
});
setInterval(look, LOOK_MS);
