/**
 * The one open line to the server. Sends on the document: "live-frame" with the numbers of this
 * second, and "live-lost" once the line has been dead for ten seconds. A hidden page holds no line;
 * where none can be held, the numbers are asked for. What was heard already is not told again.
 */
import { setClock } from "./heartbeat.js";
import { lookThrough } from "./live-look.js";
import { startPolling, stopPolling } from "./live-poll.js";

const LOST_MS = 10_000;
const RETRY_MAX_MS = 30_000;
const TRIES_BEFORE_POLLING = 3;

/** @type {EventSource | undefined} */
let source;
let tries = 0;
let last = "";
/** @type {Record<"retry" | "lost", ReturnType<typeof setTimeout> | undefined>} */
const timer = { retry: undefined, lost: undefined };

/** @param {string} name @param {unknown} [detail] */
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

/** @param {any} frame */
function hear(frame) {
  setClock(frame.now);
  requestAnimationFrame(() => tell("live-frame", frame));
}

/** @param {string} [order] an order whose changes are wanted too */
export function goLive(order) {
  const open = () => {
    if (source || document.hidden) return;
    source = new EventSource(`/events?${new URLSearchParams({ order: order ?? "", last })}`);
    source.addEventListener("hello", (event) => {
      const hello = JSON.parse(event.data);
      tries = 0;
      stopPolling();
      clearTimeout(timer.lost);
      timer.lost = undefined;
      setClock(hello.now);
      lookThrough(hello.connection);
    });
    source.addEventListener("clock", (event) => setClock(JSON.parse(event.data).now));
    source.addEventListener("frame", (event) => {
      last = event.lastEventId;
      hear(JSON.parse(event.data));
    });
    source.onerror = () => {
      close();
      timer.lost ??= setTimeout(() => tell("live-lost"), LOST_MS);
      if (++tries >= TRIES_BEFORE_POLLING) startPolling(hear);
      const pause = Math.min(RETRY_MAX_MS, 500 * 2 ** tries);
      timer.retry = setTimeout(open, pause * (0.5 + Math.random()));
    };
  };
  const follow = () => (document.hidden ? close() : open());
  document.addEventListener("visibilitychange", follow);
  addEventListener("pagehide", close);
  addEventListener("pageshow", follow);
  open();
}

function close() {
  clearTimeout(timer.retry);
  source?.close();
  source = undefined;
  lookThrough("");
}
