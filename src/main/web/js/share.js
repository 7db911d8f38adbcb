/** Shares a product by the phone's own sheet, or copies its address. Hears clicks on [data-share]. */
import { say } from "./page.js";

document.addEventListener("click", async (event) => {
  const button = /** @type {Element} */ (event.target).closest("[data-share]");
  if (!(button instanceof HTMLElement)) return;
  const url = new URL(button.dataset.share ?? "/", location.href).href;
  const title = button.closest("article")?.querySelector("h1, h2, h3")?.textContent ?? "";
  try {
    if (navigator.share) await navigator.share({ title, url });
    else await navigator.clipboard.writeText(url).then(() => say("Address copied"));
  } catch {
    // The shopper closed the sheet, or the browser keeps its clipboard: nothing to do.
  }
});
