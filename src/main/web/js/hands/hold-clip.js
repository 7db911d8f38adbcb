/**
 * A tap on a clip holds it, the next lets it go; of a double tap, which is for the heart, neither. Under a
 * sheet all are held. Hears "card-active".
 */
import { still } from "../page.js";

const TAP_MS = 300;
let soon = 0;

/** @param {Element} clip */
function hold(clip) {
  soon = 0;
  const video = clip.querySelector("video");
  if (!video || still()) return;
  if (clip.classList.toggle("held")) video.pause();
  else video.play().catch(() => {});
}

document.addEventListener("pointerup", ({ target, pointerType }) => {
  const on = /** @type {Element} */ (target);
  const clip = on.closest("a, button") ? null : on.closest(".card-media")?.querySelector("preview-clip");
  const second = soon > 0;
  clearTimeout(soon);
  soon = clip && !second && pointerType !== "mouse" ? setTimeout(() => hold(clip), TAP_MS) : 0;
});

document.addEventListener("card-active", () => {
  const sheet = document.querySelector("dialog[open]");
  if (sheet) for (const it of document.querySelectorAll("video")) if (!sheet.contains(it)) it.pause();
});
