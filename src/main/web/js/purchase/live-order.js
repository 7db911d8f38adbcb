/**
 * <live-order data-order data-version>: an order that redraws itself when the server says that it
 * moved. Hears "live-frame".
 */
import { hear, say, scene } from "../page.js";

class LiveOrder extends HTMLElement {
  connectedCallback() {
    this.version = Number(this.dataset.version);
    hear(this, "live-frame", ({ order }) => {
      if (order && order.id === this.dataset.order && order.version > this.version) {
        this.version = order.version;
        this.redraw();
      }
    });
  }

  async redraw() {
    const answer = await fetch(`/orders/${this.dataset.order}?version=${this.version}`).catch(() => undefined);
    if (!answer?.ok) return;
    const next = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = /** @type {HTMLElement | null} */ (next.querySelector("live-order"));
    if (!fresh) return;
    await scene(() => this.replaceWith(document.adoptNode(fresh)));
    document.title = next.title;
    say(fresh.querySelector("h1")?.textContent ?? "");
    const waits = new URLSearchParams(location.search).get("till") === "later";
    const pay = /** @type {HTMLFormElement | null} */ (fresh.querySelector("form[action$='/pay']"));
    if (waits && fresh.dataset.status === "AWAITING_PAYMENT") pay?.requestSubmit();
    if (fresh.dataset.status === "PAID") navigator.vibrate?.([20, 40, 20]);
  }
}

customElements.define("live-order", LiveOrder);
