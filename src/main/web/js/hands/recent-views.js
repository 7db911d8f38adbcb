/**
 * <recent-views>: what was looked at on this phone, and nowhere else. Remembers the product of a page
 * or a sheet when it hears "card-active"; shows the others; forgets all at one tap.
 */
const KEY = "recent";
const KEPT_MAX = 8;
const STAMP = new URL("../../", import.meta.url).pathname;

/** @typedef {{ slug: string, name: string, poster: string }} Seen */

/** @returns {Seen[]} */
function recent() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return Array.isArray(kept) ? kept.filter((it) => /^[a-z0-9-]+$/.test(it?.slug)) : [];
  } catch {
    return [];
  }
}

/** @param {Element} product */
function remember(product) {
  const path = product.querySelector("h1")?.closest("article")?.getAttribute("data-path") ?? "";
  const slug = path.replace("/p/", "");
  const name = product.querySelector("h1")?.textContent ?? "";
  const set = product.querySelector(".product-media source")?.getAttribute("srcset") ?? "";
  const poster = (set.split(" ")[0] ?? "").replace(/^\/a\/[^/]+\//, "");
  if (!slug || !name) return;
  const others = recent().filter((it) => it.slug !== slug);
  localStorage.setItem(KEY, JSON.stringify([{ slug, name, poster }, ...others].slice(0, KEPT_MAX)));
}

class RecentViews extends HTMLElement {
  connectedCallback() {
    this.querySelector("button")?.addEventListener("click", () => {
      localStorage.removeItem(KEY);
      this.show();
    });
    this.show();
  }

  show() {
    const seen = recent().filter((it) => location.pathname !== `/p/${it.slug}`);
    const model = this.querySelector("template")?.content.firstElementChild;
    if (!model) return;
    this.hidden = seen.length === 0;
    this.querySelector("ul")?.replaceChildren(...seen.map((it) => this.item(model, it)));
  }

  /** @param {Element} model @param {Seen} seen */
  item(model, seen) {
    const item = /** @type {Element} */ (model.cloneNode(true));
    item.querySelector("a")?.setAttribute("href", `/p/${seen.slug}`);
    const name = item.querySelector(".alike-name");
    if (name) name.textContent = seen.name;
    if (seen.poster) {
      const src = seen.poster.startsWith("/") ? seen.poster : STAMP + seen.poster;
      const image = Object.assign(new Image(270, 480), { alt: "", loading: "lazy", src });
      item.querySelector(".poster")?.append(image);
    }
    return item;
  }
}

customElements.define("recent-views", RecentViews);

document.addEventListener("card-active", (event) => {
  const id = /** @type {CustomEvent} */ (event).detail;
  const shown = document.querySelector(`article.product[data-product="${CSS.escape(id)}"]`);
  if (shown) remember(shown);
});
