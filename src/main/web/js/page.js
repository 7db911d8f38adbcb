/** What every element asks of the page around it. */

/** Whether the visitor, or their system, wants a still page. */
export const still = () =>
  document.documentElement.dataset.motion === "paused" ||
  matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * Hears an event of the document for as long as an element is in it.
 * @param {Element} element @param {string} name @param {(detail: any) => void} heard
 */
export function hear(element, name, heard) {
  const on = (/** @type {Event} */ event) => {
    if (element.isConnected) heard(/** @type {CustomEvent} */ (event).detail);
    else document.removeEventListener(name, on);
  };
  document.addEventListener(name, on);
}

/**
 * Says something once to those who listen instead of look.
 * @param {string} words
 */
export function say(words) {
  const status = document.getElementById("status");
  if (status) status.textContent = words;
}

/**
 * Changes the page in a view transition, where there are such and motion is wanted. A transition
 * calls back later, so wait for the end before you use what is new on the page.
 * @param {() => void} change
 */
export async function scene(change) {
  if (!document.startViewTransition || still()) return change();
  const transition = document.startViewTransition(change);
  transition.ready.catch(() => {});
  return transition.updateCallbackDone;
}
