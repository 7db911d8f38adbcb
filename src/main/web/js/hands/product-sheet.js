/**
 * <product-sheet>: a product over the shelf, on a tap on its link: what its card knows, then its own page, whose
 * address it has. Back, Escape, veil, button and drag close it; hearts go to the cards. Sends "card-active".
 */
import { pullable } from "./pullable.js";
import { word } from "../words.js";
class ProductSheet extends HTMLElement {
  dialog = document.createElement("dialog");
  body = document.createElement("div");
  title = document.title;

  connectedCallback() {
    const grab = document.createElement("button");
    Object.assign(grab, { className: "grab", type: "button", ariaLabel: word("close") });
    grab.append(document.createElement("i"));
    [this.body.className, this.dialog.className] = ["sheet-body", "sheet"];
    this.dialog.setAttribute("aria-labelledby", "sheet-name");
    this.append(this.dialog);
    this.dialog.append(grab, this.body);
    grab.addEventListener("click", () => this.leave());
    pullable(grab, this.dialog, () => this.leave());
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.leave());
    this.dialog.addEventListener("cancel", (event) => (event.preventDefault(), this.leave()));
    this.body.addEventListener("scroll", () => (this.dialog.dataset.full = ""), { passive: true });
    addEventListener("popstate", () => this.dialog.open && this.shut());
  }

  /** @param {HTMLAnchorElement} link */
  async open(link) {
    this.title = document.title;
    this.body.replaceChildren(...this.known(link.closest("article")));
    delete this.dialog.dataset.full;
    history.pushState({ sheet: true }, "", link.href);
    this.dialog.showModal();
    this.dialog.querySelector("h1")?.focus();
    const answer = await fetch(link.href).catch(() => undefined);
    const page = new DOMParser().parseFromString((await answer?.text()) ?? "", "text/html");
    const product = /** @type {HTMLElement | null} */ (page.querySelector("article.product"));
    if (!answer?.ok || !product) return location.assign(link.href);
    if (!this.dialog.open) return;
    document.title = page.title;
    const head = Object.assign(/** @type {HTMLElement} */ (product.querySelector("h1")), { id: "sheet-name", tabIndex: -1 });
    this.body.replaceChildren(document.adoptNode(product));
    head.focus({ preventScroll: true });
    document.dispatchEvent(new CustomEvent("card-active", { detail: product.dataset.product }));
  }

  /** What the card shows already, until the page is there. @param {Element | null} card */
  known(card) {
    const media = Object.assign(document.createElement("div"), { className: "product-media" });
    const head = Object.assign(document.createElement("h1"), { id: "sheet-name", tabIndex: -1 });
    head.textContent = card?.querySelector("h2, h3")?.textContent ?? "";
    media.append(card?.querySelector(".poster")?.cloneNode(true) ?? "");
    return [media, head];
  }

  leave = () => (history.state?.sheet ? history.back() : this.shut());

  shut() {
    this.dialog.close();
    this.body.replaceChildren();
    for (const it of document.querySelectorAll("heart-tap")) /** @type {any} */ (it).hear?.();
    const detail = /** @type {any} */ (document.querySelector("snap-feed"))?.active;
    document.dispatchEvent(new CustomEvent("card-active", { detail }));
    document.title = this.title;
  }
}

customElements.define("product-sheet", ProductSheet);

if (document.querySelector("snap-feed")) {
  const sheet = document.body.appendChild(new ProductSheet());
  document.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest('article a[href^="/p/"]');
    const other = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button;
    if (!(link instanceof HTMLAnchorElement) || other || sheet.contains(link)) return;
    event.preventDefault();
    sheet.open(link);
  });
}
