/**
 * A product's page or sheet at the end of its flash price: drawn anew with the price of now, since the
 * old one is refused. Hears "clock-over".
 */
const SPREAD_MS = 2_000;

/** @param {HTMLElement} old */
async function renew(old) {
  const answer = await fetch(old.dataset.path ?? "").catch(() => undefined);
  const page = new DOMParser().parseFromString((await answer?.text()) ?? "", "text/html");
  const fresh = page.querySelector("article.product");
  const head = /** @type {HTMLElement | null} */ (fresh?.querySelector("h1"));
  if (!answer?.ok || !fresh || !head || !old.isConnected) return;
  const held = old.contains(document.activeElement);
  Object.assign(head, { id: old.querySelector("h1")?.id, tabIndex: -1 });
  old.replaceWith(document.adoptNode(fresh));
  if (held) head.focus({ preventScroll: true });
}

document.addEventListener("clock-over", ({ target }) => {
  const product = /** @type {Element} */ (target).closest("article.product");
  if (product instanceof HTMLElement) setTimeout(() => renew(product), SPREAD_MS * (1 + Math.random()));
});
