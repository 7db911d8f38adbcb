/** Tells the server of looks, hearts and shares, and writes their sums beside the buttons. */

const COMPACT = /** @type {const} */ ({ notation: "compact", maximumFractionDigits: 1 });

/** @type {Intl.NumberFormat | undefined} */
let numbers;

/** @param {number} sum */
function compact(sum) {
  if (sum < 1000) return String(sum);
  numbers ??= new Intl.NumberFormat(document.documentElement.lang || "en", COMPACT);
  return numbers.format(sum);
}

/** What the server told last. @type {Record<"likes" | "shares", Record<string, number>>} */
export const known = { likes: {}, shares: {} };

document.addEventListener("live-frame", (event) => {
  const { likes, shares } = /** @type {CustomEvent} */ (event).detail;
  known.likes = likes ?? known.likes;
  known.shares = shares ?? known.shares;
});

/**
 * @param {string} path
 * @param {object} what
 * @returns {Promise<boolean>} whether it was taken; without a line it was not
 */
export async function send(path, what) {
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify(what);
  const answer = await fetch(path, { method: "POST", headers, body, keepalive: true }).catch(() => undefined);
  return answer?.ok ?? false;
}

/**
 * Writes a sum under a button, from one on.
 * @param {Element | null | undefined} button
 * @param {number} sum
 */
export function count(button, sum) {
  const words = sum > 0 ? compact(sum) : "";
  const place = button?.querySelector("small");
  if (place) place.textContent = words;
  else if (words) button?.append(Object.assign(document.createElement("small"), { textContent: words }));
}
