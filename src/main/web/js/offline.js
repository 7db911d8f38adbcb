/**
 * Says so when the phone has no line: marks the page [data-offline] and shows a bar.
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
