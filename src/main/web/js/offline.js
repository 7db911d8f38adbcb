/**
 * Says so when the phone has no line, or when this shelf is a kept one: marks the page
 * [data-offline] and shows a bar. Comes back by itself. Lets the service worker in.
 */
import { say } from "./page.js";
import { word } from "./words.js";

const AGAIN_MS = 5_000;
const root = document.documentElement;
const bar = Object.assign(document.createElement("p"), { className: "offline" });

function follow() {
  const away = !navigator.onLine || "kept" in root.dataset;
  root.toggleAttribute("data-offline", away);
  if (away && !bar.isConnected) {
    bar.textContent = word("offline");
    document.querySelector(".top")?.append(bar);
    say(word("offline"));
  } else if (!away && bar.isConnected) {
    bar.remove();
    say(word("back_online"));
  }
  if (navigator.onLine && "kept" in root.dataset) renew();
}

/** A kept shelf gives way to the real one as soon as that can be had. */
async function renew() {
  const answer = await fetch(location.href, { method: "HEAD" }).catch(() => undefined);
  if (answer?.ok) location.reload();
  else setTimeout(follow, AGAIN_MS);
}

addEventListener("online", follow);
addEventListener("offline", follow);
follow();
navigator.serviceWorker?.register("/sw.js").catch(() => {});
