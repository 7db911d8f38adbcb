/**
 * <cart-count>: units in the cart, read from the cookie that is the cart. Hears "cart-changed", and
 * looks again whenever the page is looked at again.
 */
import { hear } from "./page.js";

const LINE = /(?<=[=.])[0-9a-f]{32}\*([1-9])/g;

/** Units in the cart of this phone. */
function units() {
  const cookie = document.cookie.split("; ").find((it) => it.startsWith("shelf_cart=")) ?? "";
  return [...cookie.matchAll(LINE)].reduce((sum, it) => sum + Number(it[1]), 0);
}

class CartCount extends HTMLElement {
  connectedCallback() {
    const show = () => (this.textContent = String(units() || ""));
    hear(this, "cart-changed", show);
    hear(this, "visibilitychange", show);
    addEventListener("pageshow", ({ persisted }) => persisted && show());
    show();
  }
}

customElements.define("cart-count", CartCount);
