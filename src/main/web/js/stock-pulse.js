/**
 * <stock-pulse data-product data-stocked>: units sold and left, as far as the server claims them.
 * Hears "live-frame" and "live-lost", after which nobody knows how few are left. Marks its card as
 * gone when nothing is left.
 */
import { hear, still } from "./page.js";
import { markStock } from "./stock-mark.js";
import { word } from "./words.js";

const CHEER_MS = 4000;
const ROLL = [{ transform: "translateY(8px)", opacity: 0 }, { transform: "none", opacity: 1 }];

class StockPulse extends HTMLElement {
  stocked = 0;
  count = 0;
  percent = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  cheering = undefined;

  connectedCallback() {
    this.stocked = Number(this.dataset.stocked);
    this.sold = this.querySelector(".sold");
    this.left = this.querySelector(".left");
    this.bar = this.querySelector("svg");
    this.level = this.querySelector("rect");
    this.percent = Number(/\d+/.exec(this.level?.getAttribute("transform") ?? ""));
    hear(this, "live-frame", ({ stock, bought }) => {
      const product = this.dataset.product ?? "";
      if (bought?.[product]) this.cheer(bought[product]);
      if (stock?.[product]) this.show(stock[product]);
    });
    hear(this, "live-lost", () => this.write(this.left, ""));
  }

  /** @param {{ left: number, sold: number, few?: boolean }} units */
  show({ left, sold, few }) {
    this.count = sold;
    if (!this.cheering) this.write(this.sold, sold >= 1 ? word("sold", sold) : "");
    const rare = left === 1 ? word("last_one") : word("only_left", left);
    this.write(this.left, few ? rare : "");
    // More can come while the shelf is open, so there may be more than there was at first.
    this.fill(sold, Math.floor((sold * 100) / Math.max(1, this.stocked, left + sold)));
    markStock(this.closest(".card, .hero, .product"), left);
  }

  // Most of what the first frame tells is drawn already, on two dozen cards.
  /** @param {number} sold @param {number} percent */
  fill(sold, percent) {
    if (percent !== this.percent && this.level) this.level.style.transform = `translateX(${percent}px)`;
    this.percent = percent;
    if (this.bar?.hasAttribute("hidden") !== sold < 1) this.bar?.toggleAttribute("hidden", sold < 1);
  }

  /** Says for a moment that somebody has just paid. @param {number} units */
  cheer(units) {
    if ("calm" in document.documentElement.dataset) return;
    clearTimeout(this.cheering);
    this.write(this.sold, word("just_bought", units));
    this.cheering = setTimeout(() => {
      this.cheering = undefined;
      this.write(this.sold, word("sold", this.count));
    }, CHEER_MS);
  }

  /** @param {Element | null | undefined} place @param {string} words */
  write(place, words) {
    if (!place || place.textContent === words) return;
    place.textContent = words;
    if (!still()) place.animate(ROLL, { duration: 520, easing: "cubic-bezier(.16, 1, .3, 1)" });
  }
}

customElements.define("stock-pulse", StockPulse);
