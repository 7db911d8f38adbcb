/**
 * Puts a product into the cart without leaving the shelf; a second tap leads to the cart. Sends
 * "cart-changed" on the document. Where that fails, the form goes the way it goes without script.
 */
import { say, still } from "../page.js";
import { word } from "../words.js";

// The second of two quick taps is no wish to see the cart.
const CALM_MS = 600;
const SPRING = [{ scale: 0.9 }, { scale: 1.08 }, { scale: 1 }];

let addedAt = -CALM_MS;

/** @param {HTMLButtonElement} button */
function added(button) {
  addedAt = performance.now();
  button.dataset.added = button.textContent ?? "";
  button.textContent = word("view_cart");
  say(word("in_cart"));
  navigator.vibrate?.(20);
  document.dispatchEvent(new CustomEvent("cart-changed"));
  if (still()) return;
  for (const it of [button, document.querySelector("cart-count")]) it?.animate(SPRING, { duration: 520, easing: "ease-out" });
}

document.addEventListener("submit", async (event) => {
  const button = event.submitter;
  const form = event.target;
  if (!(button instanceof HTMLButtonElement && form instanceof HTMLFormElement)) return;
  if (button.value !== "add" || button.dataset.plain) return;
  event.preventDefault();
  if (button.ariaBusy === "true" || event.timeStamp - addedAt < CALM_MS) return;
  if (button.dataset.added) return location.assign("/cart");
  button.ariaBusy = "true";
  const body = new URLSearchParams();
  for (const [name, value] of new FormData(form, button)) body.append(name, String(value));
  const answer = await fetch("/cart", { method: "POST", body, redirect: "manual" }).catch(() => undefined);
  button.ariaBusy = "false";
  if (answer?.type === "opaqueredirect") return added(button);
  button.dataset.plain = "yes";
  form.requestSubmit(button);
});

// Another choice is another thing to add.
document.addEventListener("change", (event) => {
  const form = /** @type {Element} */ (event.target).closest("form");
  const button = /** @type {HTMLElement | null | undefined} */ (form?.querySelector("[data-added]"));
  if (!button) return;
  button.textContent = button.dataset.added ?? "";
  delete button.dataset.added;
});
