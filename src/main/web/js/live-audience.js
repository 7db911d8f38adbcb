/**
 * <live-audience data-product>: how many people look at a product now, as the server counts them.
 * Hears "live-frame" and "live-lost"; hidden where the server claims no number, and without news
 * for twenty seconds.
 */
import { hear } from "./page.js";
import { word } from "./words.js";

const FRESH_MS = 20_000;
const CALM_MS = 1500;

class LiveAudience extends HTMLElement {
  shownAt = -CALM_MS;

  connectedCallback() {
    hear(this, "live-frame", ({ audience }) => {
      if (audience) this.next(audience[this.dataset.product ?? ""]);
    });
    hear(this, "live-lost", () => {
      clearTimeout(this.soon);
      this.hidden = true;
    });
  }

  // Two numbers in quick succession cannot be read: the newer one waits, and is never lost.
  /** @param {number | undefined} people */
  next(people) {
    clearTimeout(this.soon);
    const wait = this.shownAt + CALM_MS - performance.now();
    if (wait > 0) this.soon = setTimeout(() => this.show(people), wait);
    else this.show(people);
  }

  /** @param {number | undefined} people */
  show(people) {
    this.shownAt = performance.now();
    this.hidden = !people;
    this.textContent = people ? word("viewing", people) : "";
    clearTimeout(this.stale);
    this.stale = setTimeout(() => (this.hidden = true), FRESH_MS);
  }
}

customElements.define("live-audience", LiveAudience);
