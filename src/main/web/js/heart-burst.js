/** A large heart that rises from under the finger. */
import { still } from "./page.js";

/**
 * @param {HTMLElement} media
 * @param {Element | null | undefined} heart what it looks like
 * @param {number} x
 * @param {number} y
 */
export function burst(media, heart, x, y) {
  const box = media.getBoundingClientRect();
  const icon = heart?.cloneNode(true);
  if (!(icon instanceof SVGElement)) return;
  icon.setAttribute("class", "burst");
  icon.style.left = `${x - box.left}px`;
  icon.style.top = `${y - box.top}px`;
  media.append(icon);
  const tilt = `rotate(${Math.random() * 28 - 14}deg)`;
  const frames = still()
    ? [{ opacity: 0 }, { opacity: 1 }, { opacity: 0 }]
    : [0, 1.18, 0.96, 1.28].map((size, at) => ({
        transform: `translateY(${at === 3 ? -90 : 0}px) ${tilt} scale(${size})`,
        opacity: at === 3 ? 0 : 1,
      }));
  icon.animate(frames, { duration: still() ? 400 : 760 }).onfinish = () => icon.remove();
}
