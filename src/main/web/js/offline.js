/**
 * Says so when the phone has no line, and keeps the shelf for then: marks the page [data-offline],
 * shows a bar, and lets the service worker in once the page has settled.
 */
import { say } from "./heartbeat.js";

const WORDS = "You’re offline. Prices and stock may have changed.";
/** @type {HTMLElement | undefined} */
let bar;

function follow() {
  const away = !navigator.onLine;
  document.documentElement.toggleAttribute("data-offline", away);
  if (away) {
    bar ??= Object.assign(document.createElement("p"), { className: "offline", textContent: WORDS });
    document.body.append(bar);
    say(WORDS);
  } else if (bar?.isConnected) {
    bar.remove();
    say("You’re back online.");
  }
}

addEventListener("online", follow);
addEventListener("offline", follow);
if (!navigator.onLine) follow();
navigator.serviceWorker?.register("/sw.js").catch(() => {});
