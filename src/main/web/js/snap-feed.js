/**
 * <snap-feed>: knows which card is being looked at and moves between cards by keyboard: arrows or
 * J and K, space; L and H like; only while focus is inside. Sends "card-active" with the product on the
 * document, or with "" when the card has left the window.
 */
import { oneByOne } from "./one-by-one.js";

const SEEN = 0.6;
const STEP = new Map([["ArrowDown", 1], ["j", 1], [" ", 1], ["ArrowUp", -1], ["k", -1]]);
const phone = matchMedia("(width < 48rem)");
const points = matchMedia("(width >= 48rem) and (hover)");
const product = (/** @type {Element | null} */ card) => card?.getAttribute("data-product") ?? "";

class SnapFeed extends HTMLElement {
  active = "";

  connectedCallback() {
    this.cards = /** @type {HTMLElement[]} */ ([...this.querySelectorAll("[data-place], article")]);
    this.watch = new IntersectionObserver((seen) => this.see(seen), { threshold: SEEN });
    for (const card of this.cards) this.watch.observe(card);
    for (const kind of ["pointerover", "focusin"]) {
      this.addEventListener(kind, (event) => {
        const card = /** @type {Element} */ (event.target).closest("article");
        if (card && !phone.matches) this.activate(card);
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
    if (card && !points.matches) this.activate(card);
    // Nobody looks at what was scrolled away.
    else if (seen.some((it) => product(it.target) === this.active)) this.activate(null);
  }

  /** @param {Element | null} card */
  activate(card) {
    const detail = product(card);
    if (detail === this.active) return;
    this.active = detail;
    document.dispatchEvent(new CustomEvent("card-active", { detail }));
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
