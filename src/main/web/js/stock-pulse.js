/**
 * <stock-pulse data-product data-stocked>: units sold and left, as the server counts them. Hears
 * "live-frame". Marks its card as gone when nothing is left.
 */
import { hear, still } from "./page.js";
import { word } from "./words.js";

const ROLL = [{ transform: "translateY(8px)", opacity: 0 }, { transform: "none", opacity: 1 }];

class StockPulse extends HTMLElement {
  stocked = 0;

  connectedCallback() {
    this.stocked = Number(this.dataset.stocked);
    this.sold = this.querySelector(".sold");
    this.left = this.querySelector(".left");
    this.bar = this.querySelector("svg");
    hear(this, "live-frame", ({ stock }) => {
      const now = stock?.[this.dataset.product ?? ""];
      if (now) this.show(now.left, now.sold);
    });
  }

  /** @param {number} left @param {number} sold */
  show(left, sold) {
    const low = left > 0 && left <= Math.max(5, Math.floor(this.stocked * 0.15));
    this.write(this.sold, sold >= 1 ? word("sold", sold) : "");
    this.write(this.left, left === 1 ? word("last_one") : low ? word("only_left", left) : "");
    this.bar?.toggleAttribute("hidden", sold < 1);
    const rest = this.bar?.querySelector("rect");
    const percent = Math.min(100, (sold * 100) / Math.max(1, this.stocked));
    if (rest) rest.style.transform = `translateX(${percent}px)`;
    this.mark(left);
  }

  /** @param {Element | null | undefined} place @param {string} words */
  write(place, words) {
    if (!place || place.textContent === words) return;
    place.textContent = words;
    if (!still()) place.animate(ROLL, { duration: 520, easing: "cubic-bezier(.16, 1, .3, 1)" });
  }

  /** @param {number} left */
  mark(left) {
    const card = /** @type {HTMLElement | null} */ (this.closest(".card, .hero, .product"));
    if (!card || card.dataset.state === "over") return;
    const gone = left <= 0;
    if (gone === (card.dataset.state === "gone")) return;
    card.dataset.state = gone ? "gone" : "";
    for (const cta of card.querySelectorAll(".card-buy .cta, .hero-act .cta")) {
      cta.toggleAttribute("aria-disabled", false);
      if (gone) cta.setAttribute("aria-disabled", "true");
      cta.textContent = word(gone ? "sold_out" : "grab_it");
    }
    for (const button of card.querySelectorAll(".buy-bar button")) {
      button.toggleAttribute("disabled", gone);
    }
  }
}

customElements.define("stock-pulse", StockPulse);
