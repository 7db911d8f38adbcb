/**
 * <snap-feed>: knows which card is being looked at and moves between cards by keyboard: arrows or
 * J and K, space; L and H like; only while focus is inside. Sends "card-active" with the product on the
 * document.
 */
import { oneByOne } from "./one-by-one.js";

const SEEN = 0.6;
const STEP = new Map([["ArrowDown", 1], ["j", 1], [" ", 1], ["ArrowUp", -1], ["k", -1]]);
const phone = matchMedia("(width < 48rem)");

export class SnapFeed extends HTMLElement {
  active = "";

  connectedCallback() {
    this.cards = /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[data-place], article")]);
    this.watch = new IntersectionObserver((seen) => this.see(seen), { threshold: SEEN });
    for (const card of this.cards) this.watch.observe(card);
    for (const kind of ["pointerover", "focusin"]) {
      this.addEventListener(kind, (event) => {
        if (!phone.matches) this.activate(/** @type {Element} */ (event.target));
      });
    }
    this.addEventListener("keydown", (event) => this.press(event));
    oneByOne(/** @type {HTMLElement | null} */ (this.closest(".shelf")));
    this.activate(this.cards[0] ?? null);
  }

  disconnectedCallback() {
    this.watch?.disconnect();
  }

  /** @param {IntersectionObserverEntry[]} seen */
  see(seen) {
    const card = seen.find((it) => it.isIntersecting)?.target;
    if (card && phone.matches) this.activate(card);
  }

  /** @param {Element | null} at */
  activate(at) {
    const card = /** @type {HTMLElement | null} */ (at?.closest("article"));
    const product = card?.dataset.product;
    if (!product || product === this.active) return;
    this.active = product;
    document.dispatchEvent(new CustomEvent("card-active", { detail: product }));
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const card = /** @type {Element} */ (event.target).closest("article");
    const at = this.cards?.findIndex((it) => it === card) ?? -1;
    if (event.key === " " && /** @type {Element} */ (event.target).matches("button")) return;
    const step = (STEP.get(event.key) ?? 0) * (event.key === " " && event.shiftKey ? -1 : 1);
    if (at >= 0 && step) {
      const next = this.cards?.[at + step];
      if (!next) return;
      event.preventDefault();
      next.scrollIntoView({ block: phone.matches ? "start" : "nearest" });
      next.querySelector("a")?.focus({ preventScroll: true });
    } else if ("lh".includes(event.key)) {
      /** @type {HTMLElement | null | undefined} */ (card?.querySelector(".like"))?.click();
    }
  }
}

customElements.define("snap-feed", SnapFeed);
