/** One heartbeat for everything on the page that moves with time, by the server's clock. */

/** @typedef {(now: number) => void} Beat */

/** @type {Set<Beat>} */
const beats = new Set();
let offset = 0;
let running = 0;

/** The server's time in milliseconds, as well as we know it. */
export const serverNow = () => Date.now() + offset;

/**
 * Sets the clock by what the server has just said.
 * @param {string | number} now
 */
export function setClock(now) {
  const said = new Date(now).getTime() - Date.now();
  if (Number.isFinite(said) && Math.abs(said - offset) > 250) {
    offset = said;
    beatNow();
  }
}

/**
 * Calls `beat` now and at the top of every second until the returned function is called.
 * @param {Beat} beat
 * @returns {() => void} stops it
 */
export function everySecond(beat) {
  beats.add(beat);
  beat(serverNow());
  if (!running) schedule();
  return () => void beats.delete(beat);
}

/** Whether the visitor, or their system, wants a still page. */
export const still = () =>
  document.documentElement.dataset.motion === "paused" ||
  matchMedia("(prefers-reduced-motion: reduce)").matches;

/**
 * Says something once to those who listen instead of look.
 * @param {string} words
 */
export function say(words) {
  const status = document.getElementById("status");
  if (status) status.textContent = words;
}

/**
 * Changes the page in a view transition, where there are such and motion is wanted.
 * @param {() => void} change
 */
export function scene(change) {
  if (document.startViewTransition && !still()) {
    document.startViewTransition(change).ready.catch(() => {});
  } else {
    change();
  }
}

function beatNow() {
  const now = serverNow();
  for (const beat of beats) beat(now);
}

function schedule() {
  running = setTimeout(() => {
    running = 0;
    if (!document.hidden) beatNow();
    if (beats.size > 0) schedule();
  }, 1000 - (serverNow() % 1000) + 5);
}

document.addEventListener("visibilitychange", () => document.hidden || beatNow());
