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
