/**
 * <live-audience data-product>: how many people look at a product now, as the server counts them.
 * Listens to "live-frame" and "live-lost" on the document; hidden below three, and without news for
 * twenty seconds.
 */
import { word } from "./words.js";

const SHOWN_FROM = 3;
const FRESH_MS = 20_000;
const CALM_MS = 2000;

export class LiveAudience extends HTMLElement {
  heard = 0;

  connectedCallback() {
    this.hear = (/** @type {Event} */ event) => {
      const audience = /** @type {CustomEvent} */ (event).detail.audience;
      if (audience && Date.now() - this.heard >= CALM_MS) {
        this.show(audience[this.dataset.product ?? ""] ?? 0);
      }
    };
    this.lose = () => (this.hidden = true);
    document.addEventListener("live-frame", this.hear);
    document.addEventListener("live-lost", this.lose);
  }

  disconnectedCallback() {
    clearTimeout(this.stale);
    if (this.hear) document.removeEventListener("live-frame", this.hear);
    if (this.lose) document.removeEventListener("live-lost", this.lose);
  }

  /** @param {number} people */
  show(people) {
    this.heard = Date.now();
    this.hidden = people < SHOWN_FROM;
    this.textContent = people < SHOWN_FROM ? "" : word("viewing", people);
    clearTimeout(this.stale);
    this.stale = setTimeout(() => (this.hidden = true), FRESH_MS);
  }
}

customElements.define("live-audience", LiveAudience);
