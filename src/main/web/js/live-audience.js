/**
 * <live-audience data-product>: how many people look at a product now, as the server counts them.
 * Hears "live-frame" and "live-lost"; hidden where the server claims no number, and without news
 * for twenty seconds.
 */
import { hear } from "./page.js";
import { word } from "./words.js";

const FRESH_MS = 20_000;
const CALM_MS = 1500;

export class LiveAudience extends HTMLElement {
  heard = 0;

  connectedCallback() {
    hear(this, "live-frame", ({ audience }) => {
      if (audience && Date.now() - this.heard >= CALM_MS) {
        this.show(audience[this.dataset.product ?? ""]);
      }
    });
    hear(this, "live-lost", () => (this.hidden = true));
  }

  /** @param {number | undefined} people */
  show(people) {
    this.heard = Date.now();
    this.hidden = !people;
    this.textContent = people ? word("viewing", people) : "";
    clearTimeout(this.stale);
    this.stale = setTimeout(() => (this.hidden = true), FRESH_MS);
  }
}

customElements.define("live-audience", LiveAudience);
