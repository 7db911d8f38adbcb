/** One heartbeat for everything on the page that moves with time, by the server's clock. */

/** @typedef {(now: number) => void} Beat */

/** @type {Map<Element, Beat>} */
const beats = new Map();
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
 * Calls `beat` now and at the top of every second for as long as an element is in the page.
 * @param {Element} element @param {Beat} beat
 */
export function everySecond(element, beat) {
  beats.set(element, beat);
  beat(serverNow());
  if (!running) schedule();
}

function beatNow() {
  const now = serverNow();
  for (const [element, beat] of beats) {
    if (element.isConnected) beat(now);
    else beats.delete(element);
  }
}

function schedule() {
  running = setTimeout(() => {
    running = 0;
    if (!document.hidden) beatNow();
    if (beats.size > 0) schedule();
  }, 1000 - (serverNow() % 1000) + 5);
}

document.addEventListener("visibilitychange", () => document.hidden || beatNow());
