/**
 * Says so when the phone has no line: marks the page [data-offline] and shows a bar.
 */
import { say } from "./heartbeat.js";
import { word } from "./words.js";

/** @type {HTMLElement | undefined} */
let bar;

function follow() {
  const away = !navigator.onLine;
  document.documentElement.toggleAttribute("data-offline", away);
  if (away) {
    bar ??= Object.assign(document.createElement("p"), { className: "offline", textContent: word("offline") });
    document.body.append(bar);
    say(word("offline"));
  } else if (bar?.isConnected) {
    bar.remove();
    say(word("back_online"));
  }
}

addEventListener("online", follow);
addEventListener("offline", follow);
if (!navigator.onLine) follow();
