/**
 * The one open line to the server. Sends on the document: "live-frame" with the numbers of this
 * second, and "live-lost" once the line has been dead for ten seconds. Tells the server which
 * product is being looked at. A hidden page holds no line.
 */
import { setClock } from "./heartbeat.js";

const LOST_MS = 10_000;
const LOOK_MS = 10_000;
const RETRY_MAX_MS = 30_000;

/** @type {EventSource | undefined} */
let source;
let connection = "";
let product = "";
let tries = 0;
/** @type {Record<"retry" | "soon" | "lost", ReturnType<typeof setTimeout> | undefined>} */
const timer = { retry: undefined, soon: undefined, lost: undefined };

/** @param {string} name @param {unknown} [detail] */
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

/** @param {string} [order] an order whose changes are wanted too */
export function goLive(order) {
  const open = () => {
    if (source || document.hidden) return;
    source = new EventSource(order ? `/events?order=${order}` : "/events");
    source.addEventListener("hello", (event) => {
      const hello = JSON.parse(event.data);
      connection = hello.connection;
      tries = 0;
      clearTimeout(timer.lost);
      timer.lost = undefined;
      setClock(hello.now);
      look();
    });
    source.addEventListener("clock", (event) => setClock(JSON.parse(event.data).now));
    source.addEventListener("frame", (event) => {
      const frame = JSON.parse(event.data);
      setClock(frame.now);
      requestAnimationFrame(() => tell("live-frame", frame));
    });
    source.onerror = () => {
      close();
      timer.lost ??= setTimeout(() => tell("live-lost"), LOST_MS);
      const pause = Math.min(RETRY_MAX_MS, 1000 * 2 ** tries++);
      timer.retry = setTimeout(open, pause * (0.5 + Math.random()));
    };
  };
  const follow = () => (document.hidden ? close() : open());
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", close);
  addEventListener("pageshow", follow);
  document.addEventListener("card-active", (event) => {
    product = /** @type {CustomEvent} */ (event).detail;
    clearTimeout(timer.soon);
    timer.soon = setTimeout(look, 1000);
  });
  setInterval(look, LOOK_MS);
  open();
}

function close() {
  clearTimeout(timer.retry);
  source?.close();
  source = undefined;
  connection = "";
}

function look() {
  if (!connection || !product || document.hidden) return;
  const body = JSON.stringify({ connection, product });
  const headers = { "Content-Type": "application/json" };
  fetch("/live/look", { method: "POST", headers, body, keepalive: true }).catch(() => {});
}
