/**
 * <heart-tap data-product>: likes a product by its heart or by a double tap on its picture. Likes
 * stay on this phone. Uses .like and .card-media inside it.
 */
import { still } from "./page.js";

const KEY = "hearts";
const TAP_MS = 300;
const TAP_PX = 24;
const SPRING = [{ scale: 0.6 }, { scale: 1.16 }, { scale: 1 }];

/** @returns {string[]} */
const hearts = () => JSON.parse(localStorage.getItem(KEY) ?? "[]");

class HeartTap extends HTMLElement {
  product = "";
  last = { at: 0, x: 0, y: 0 };

  connectedCallback() {
    this.button = this.querySelector(".like");
    this.media = /** @type {HTMLElement | null} */ (this.querySelector(".card-media"));
    this.product = this.dataset.product ?? "";
    this.button?.addEventListener("click", () => this.like(!hearts().includes(this.product)));
    this.addEventListener("pointerup", (event) => this.tap(event));
    this.show(hearts().includes(this.product));
  }

  /** @param {boolean} liked */
  like(liked) {
    const others = hearts().filter((it) => it !== this.product);
    localStorage.setItem(KEY, JSON.stringify(liked ? [...others, this.product] : others));
    this.show(liked);
    navigator.vibrate?.(12);
    if (!still()) this.button?.animate(SPRING, { duration: 520, easing: "ease-out" });
  }

  /** @param {boolean} liked */
  show(liked) {
    this.button?.setAttribute("aria-pressed", String(liked));
  }

  /** @param {PointerEvent} event */
  tap(event) {
    const on = /** @type {Element} */ (event.target);
    if (!this.media || event.pointerType === "mouse" || on.closest("a, button")) return;
    const { clientX: x, clientY: y, timeStamp: at } = event;
    const near = Math.hypot(x - this.last.x, y - this.last.y) <= TAP_PX;
    if (near && at - this.last.at <= TAP_MS) {
      this.like(true);
      this.burst(this.media, x, y);
      this.last = { at: 0, x: 0, y: 0 };
    } else {
      this.last = { at, x, y };
    }
  }

  /** @param {HTMLElement} media @param {number} x @param {number} y */
  burst(media, x, y) {
    const box = media.getBoundingClientRect();
    const icon = this.button?.querySelector("svg")?.cloneNode(true);
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
}

customElements.define("heart-tap", HeartTap);
