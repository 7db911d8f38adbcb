/** Pulling the shelf down at its top asks for it anew, as browsers do where a page scrolls itself. */
const MEANT_PX = 72;
const SLOW = 0.4;
let from = -1;
const sign = Object.assign(document.createElement("i"), { className: "pull" });

const shelf = () => document.querySelector(".shelf");
const by = (/** @type {TouchEvent} */ event) => (event.touches[0].clientY - from) * SLOW;

function end() {
  const far = from >= 0 && Number(sign.dataset.by) >= MEANT_PX;
  from = -1;
  sign.remove();
  if (far) location.reload();
}

document.addEventListener("touchstart", (event) => {
  const on = /** @type {Element} */ (event.target).closest(".shelf");
  from = on && on.scrollTop <= 0 && event.touches.length === 1 ? event.touches[0].clientY : -1;
  sign.dataset.by = "0";
}, { passive: true });

document.addEventListener("touchmove", (event) => {
  if (from < 0 || by(event) <= 0) return;
  if (!sign.isConnected) shelf()?.after(sign);
  sign.dataset.by = String(by(event));
  sign.style.translate = `0 ${Math.min(MEANT_PX, by(event))}px`;
  sign.toggleAttribute("data-far", by(event) >= MEANT_PX);
}, { passive: true });

document.addEventListener("touchend", end);
document.addEventListener("touchcancel", end);
