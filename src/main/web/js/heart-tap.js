/**
 * <heart-tap data-product>: likes a product by its heart or by a double tap on its picture. What this
 * phone likes stays on it; the server counts one heart for each phone, and "live-frame" brings the
 * sum. Uses .like and .card-media inside it.
 */
import { burst } from "./heart-burst.js";
import { still } from "./page.js";
import { count, known, send } from "./hearts.js";

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
    this.hear = () => {
      count(this.button, known.likes[this.product] ?? 0);
      this.show(hearts().includes(this.product));
    };
    document.addEventListener("live-frame", this.hear);
    this.hear();
  }

  disconnectedCallback() {
    if (this.hear) document.removeEventListener("live-frame", this.hear);
  }

  /** @param {boolean} liked */
  like(liked) {
    this.keep(liked);
    send("/live/heart", { product: this.product, liked }).then((sent) => sent || this.keep(!liked));
    navigator.vibrate?.(12);
    if (!still()) this.button?.animate(SPRING, { duration: 520, easing: "ease-out" });
  }

  /** @param {boolean} liked */
  keep(liked) {
    const others = hearts().filter((it) => it !== this.product);
    localStorage.setItem(KEY, JSON.stringify(liked ? [...others, this.product] : others));
    this.show(liked);
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
      burst(this.media, this.button?.querySelector("svg"), x, y);
      this.last = { at: 0, x: 0, y: 0 };
    } else {
      this.last = { at, x, y };
    }
  }
}

customElements.define("heart-tap", HeartTap);
