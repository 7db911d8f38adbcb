/**
 * Shares a product by the phone's own sheet, or copies its address. Hears clicks on [data-share]. A
 * share that was really made is counted; "live-frame" brings the sums.
 */
import { say } from "../page.js";
import { count, known, send } from "../hearts.js";
import { word } from "../words.js";

const TOLD_MS = 2_500;

function told() {
  const toast = Object.assign(document.createElement("p"), { className: "toast", ariaHidden: "true" });
  toast.textContent = word("address_copied");
  (document.querySelector("dialog[open]") ?? document.body).append(toast);
  setTimeout(() => toast.remove(), TOLD_MS);
  say(word("address_copied"));
}

/** @param {Element} button */
const product = (button) =>
  /** @type {HTMLElement | null} */ (button.closest("[data-product]"))?.dataset.product ?? "";

document.addEventListener("click", async (event) => {
  const button = /** @type {Element} */ (event.target).closest("[data-share]");
  if (!(button instanceof HTMLElement)) return;
  const url = new URL(button.dataset.share ?? "/", location.href).href;
  const title = button.closest("article")?.querySelector("h1, h2, h3")?.textContent ?? "";
  try {
    if (navigator.share) await navigator.share({ title, url });
    else await navigator.clipboard.writeText(url).then(told);
    send("/live/share", { product: product(button) });
  } catch {
    // The shopper closed the sheet, or the browser keeps its clipboard: nothing was shared.
  }
});

document.addEventListener("live-frame", () => {
  for (const button of document.querySelectorAll("[data-share]")) {
    count(button, known.shares[product(button)] ?? 0);
  }
});
