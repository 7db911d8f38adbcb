/** Marks a card as gone when nothing is left, and takes the mark back when something is again. */
import { word } from "./words.js";

/**
 * @param {Element | null} at the card, hero or product page
 * @param {number} left
 */
export function markStock(at, left) {
  const card = /** @type {HTMLElement | null} */ (at);
  if (!card || card.dataset.state === "over") return;
  const gone = left <= 0;
  if (gone === (card.dataset.state === "gone")) return;
  card.dataset.state = gone ? "gone" : "";
  for (const cta of card.querySelectorAll(".card-buy .cta, .hero-act .cta")) {
    cta.toggleAttribute("aria-disabled", false);
    if (gone) cta.setAttribute("aria-disabled", "true");
    cta.textContent = word(gone ? "sold_out" : "grab_it");
  }
  for (const button of card.querySelectorAll(".buy-bar button")) {
    button.toggleAttribute("disabled", gone);
  }
}
