/**
 * <cart-count>: units in the cart, read from the cookie that is the cart. Listens to "cart-changed"
 * on the document.
 */
export const CART = "shelf_cart";

/** Units in the cart of this phone. */
export function units() {
  const cookie = document.cookie.split("; ").find((it) => it.startsWith(`${CART}=`));
  const lines = cookie ? cookie.slice(CART.length + 1).split(".") : [];
  return lines
    .map((it) => /^[0-9a-f]{32}\*([1-9])$/.exec(it))
    .reduce((sum, it) => sum + (it ? Number(it[1]) : 0), 0);
}

class CartCount extends HTMLElement {
  connectedCallback() {
    this.show = () => {
      const count = units();
      this.textContent = count > 0 ? String(count) : "";
    };
    document.addEventListener("cart-changed", this.show);
    addEventListener("pageshow", this.show);
    this.show();
  }

  disconnectedCallback() {
    if (!this.show) return;
    document.removeEventListener("cart-changed", this.show);
    removeEventListener("pageshow", this.show);
  }
}

customElements.define("cart-count", CartCount);
