/** Lets a panel be pulled down by a handle to close it, and up to fill the screen ([data-full]). */
const CLOSE_SHARE = 0.3;
const CLOSE_SPEED = 0.5;
const MEANT_PX = 24;

/**
 * @param {HTMLElement} handle
 * @param {HTMLElement} panel
 * @param {() => void} close
 */
export function pullable(handle, panel, close) {
  handle.addEventListener("pointerdown", (start) => {
    handle.setPointerCapture(start.pointerId);
    const by = (/** @type {PointerEvent} */ event) => event.clientY - start.clientY;
    const move = (/** @type {PointerEvent} */ event) => {
      if (by(event) < -MEANT_PX) panel.dataset.full = "";
      panel.style.translate = `0 ${Math.max(0, by(event))}px`;
    };
    const end = (/** @type {PointerEvent} */ event) => {
      handle.removeEventListener("pointermove", move);
      panel.style.translate = "";
      const speed = by(event) / Math.max(1, event.timeStamp - start.timeStamp);
      const far = by(event) > panel.offsetHeight * CLOSE_SHARE;
      if (far || (by(event) > MEANT_PX && speed > CLOSE_SPEED)) close();
    };
    handle.addEventListener("pointermove", move);
    handle.addEventListener("pointerup", end, { once: true });
  });
}
