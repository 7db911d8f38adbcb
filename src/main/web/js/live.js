/**
 * The one open line to the server. Sends on the document: "live-frame" with the numbers of this
 * second, and "live-lost" once the line has been dead for ten seconds. A hidden page holds no
 * line; a page without a line asks now and then.
 */
import { setClock } from "./heartbeat.js";
import { lookFrom } from "./look.js";

const LOST_MS = 10_000;
const RETRY_MAX_MS = 30_000;
const POLL_MS = 15_000;

/** @type {EventSource | undefined} */
let source;
let tries = 0;
/** @type {Record<"retry" | "lost" | "poll", ReturnType<typeof setTimeout> | undefined>} */
const timer = { retry: undefined, lost: undefined, poll: undefined };

/** @param {string} name @param {unknown} [detail] */
const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

/** @param {string} [order] an order whose changes are wanted too */
export function goLive(order) {
  const open = () => {
    if (source || document.hidden) return;
    source = new EventSource(order ? `/events?order=${order}` : "/events");
    source.addEventListener("hello", (event) => {
      const hello = JSON.parse(event.data);
      tries = 0;
      clearTimeout(timer.lost);
      clearTimeout(timer.poll);
      timer.lost = undefined;
      setClock(hello.now);
      lookFrom(hello.connection);
    });
    source.addEventListener("clock", (event) => setClock(JSON.parse(event.data).now));
    source.addEventListener("frame", (event) => show(JSON.parse(event.data)));
    source.onerror = () => {
      close();
      timer.lost ??= setTimeout(lost, LOST_MS);
      const pause = Math.min(RETRY_MAX_MS, 1000 * 2 ** tries++);
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
  lookFrom("");
}

/** @param {{ now: number }} frame */
function show(frame) {
  setClock(frame.now);
  requestAnimationFrame(() => tell("live-frame", frame));
}

/** Without a line: says so, and asks until there is one. */
function lost() {
  tell("live-lost");
  const ask = async () => {
    const answer = document.hidden ? undefined : await fetch("/api/live").catch(() => undefined);
    if (answer?.ok) show(await answer.json());
    if (timer.lost) timer.poll = setTimeout(ask, POLL_MS * (0.5 + Math.random()));
  };
  ask();
}
