/** Every screen and state of the shop, as the checks visit it and as docs/screens shows it. */
import { openPhone, settled } from "./lib/phone.js";
import { CARDS } from "./lib/seed.js";

/**
 * `shop` is the seeded shop unless named. `cookie` and `act` get the world; `act` brings the page to
 * its state. `shown` is false where a picture would show nothing new. `words` must be visible.
 */
export const SCREENS = [
  { name: "landing", path: () => "/" },
  { name: "landing-card", path: () => "/", act: nextCard, words: "Grab it" },
  { name: "sheet", path: () => "/", act: openSheet, words: "Buy now" },
  { name: "offline", path: () => "/", act: goOffline, words: "You’re offline" },
  { name: "landing-calm", path: () => "/?calm=on", words: "Grab it" },
  { name: "landing-mirrored", shop: "mirrored", path: () => "/?lang=en-XA", words: "⟦", shown: false },
  { name: "sheet-mirrored", shop: "mirrored", path: () => "/?lang=en-XA", act: openSheet, words: "⟦", shown: false },
  { name: "product-mirrored", shop: "mirrored", path: (it) => `/p/${it.slugs.picks}?lang=en-XA`, words: "⟦", shown: false },
  { name: "waiting", shop: "bare", path: () => "/", words: "built" },
  { name: "product-flash", path: (it) => `/p/${it.slugs.flash}`, words: "Flash price" },
  { name: "product-picks", path: (it) => `/p/${it.slugs.picks}`, words: "Choose one" },
  { name: "product-gone", path: (it) => `/p/${it.slugs.gone}`, words: "Sold out" },
  { name: "product-low", path: (it) => `/p/${it.slugs.low}`, words: "Only 3 left", shown: false },
  { name: "product-over", path: (it) => `/p/${it.slugs.over}`, words: "Not on the shelf now" },
  { name: "cart", path: () => "/cart", cookie: (it) => [it.cart], words: "Checkout" },
  { name: "cart-gone", path: () => "/cart", cookie: (it) => [it.staleCart], words: "No longer" },
  { name: "cart-empty", path: () => "/cart", words: "empty" },
  { name: "checkout", path: () => "/checkout", cookie: (it) => [it.cart], words: "Pay" },
  {
    name: "checkout-gone",
    path: () => "/checkout",
    cookie: (it) => [it.staleCart],
    words: "Pay",
    shown: false,
  },
  { name: "till", path: (it) => it.orders.awaiting.till, words: "Practice" },
  { name: "till-declined", path: (it) => it.orders.declined.till, words: "declined", act: decline },
  { name: "till-step", path: (it) => it.orders.stepped.step, shown: false },
  { name: "order-waiting", path: orderOf("awaiting"), cookie: mine, words: "Held" },
  { name: "order-paid", path: orderOf("paid"), cookie: mine, words: "Paid" },
  { name: "order-refunded", path: orderOf("returned"), cookie: mine, words: "efund" },
  { name: "orders", path: () => "/orders", cookie: mine, words: "Paid" },
  { name: "orders-empty", path: () => "/orders", words: "yet" },
  { name: "order-cancelled", path: orderOf("cancelled"), cookie: mine, words: "ancelled", shown: false },
  { name: "order-withdrawn", path: orderOf("withdrawn"), cookie: mine, shown: false },
  { name: "order-expired", shop: "quick", path: (it) => `/orders/${it.expired.id}`, cookie: (it) => [it.expired.cookie], words: "went back" },
  { name: "receipt", path: (it) => `/orders/${it.orders.paid.id}/receipt`, cookie: mine },
  { name: "cancel", path: (it) => `/orders/${it.orders.declined.id}/cancel`, cookie: mine, shown: false },
  { name: "withdraw", path: (it) => `/orders/${it.orders.paid.id}/withdraw`, cookie: mine },
  { name: "withdrawn", path: (it) => `/orders/${it.orders.withdrawn.id}/withdrawn`, cookie: mine },
  { name: "honest", path: () => "/honest" },
  { name: "why", path: (it) => `/why/${it.slugs.hero}` },
  { name: "how-we-rank", path: () => "/how-we-rank" },
  { name: "no-line", path: () => "/offline", words: "offline", shown: false },
  { name: "search", path: () => "/search" },
  { name: "search-found", path: () => "/search?q=lamp", shown: false },
  { name: "search-none", path: () => "/search?q=qqqqqq", shown: false },
  { name: "category", path: (it) => it.category },
  { name: "landing-de", path: () => "/?lang=de", words: "Regal", shown: false },
  { name: "missing", path: () => "/nowhere", words: "shelf" },
  { name: "admin-sign-in", path: () => "/admin/sign-in", words: "Sign in" },
  { name: "admin", path: () => "/admin", cookie: owner, words: "quarantine" },
  { name: "admin-orders", path: () => "/admin/orders", cookie: owner, words: "Paid" },
  { name: "admin-order", path: (it) => `/admin/orders/${it.orders.paid.id}`, cookie: owner, words: "Send money" },
  { name: "admin-inbox", path: () => "/admin/inbox", cookie: owner },
  { name: "admin-mail", path: () => "/admin/mail", cookie: owner, shown: false },
  { name: "admin-event", path: (it) => it.event, cookie: owner, shown: false },
  { name: "admin-engine", path: () => "/admin/engine", cookie: owner },
  { name: "admin-why", path: (it) => `/admin/engine/products/${it.slugs.hero}`, cookie: owner },
  { name: "admin-trends", path: () => "/admin/engine/trends", cookie: owner },
  { name: "admin-sources", path: () => "/admin/engine/sources", cookie: owner, shown: false },
  { name: "admin-judges", path: () => "/admin/engine/judges", cookie: owner, shown: false },
  { name: "admin-calibration", path: () => "/admin/engine/calibration", cookie: owner, shown: false },
  { name: "admin-refunded", path: (it) => `/admin/orders/${it.orders.returned.id}`, cookie: owner, shown: false },
];

function orderOf(which) {
  return (it) => `/orders/${it.orders[which].id}`;
}

function mine(it) {
  return [it.visitor];
}

function owner(it) {
  return [it.owner];
}

async function nextCard(page) {
  if (page.viewportSize().width >= 768) {
    await page.evaluate(() => document.querySelector(".card").scrollIntoView());
  } else {
    await page.locator(".card").nth(0).scrollIntoViewIfNeeded();
    await page.evaluate(() => document.querySelector(".card").scrollIntoView());
  }
  await page.waitForTimeout(400);
}

async function openSheet(page) {
  await page.locator("product-sheet").waitFor({ state: "attached" });
  await page.locator(".hero h2 a").click();
  await page.locator("dialog.sheet .buy-bar").waitFor();
  await page.waitForTimeout(500);
}

async function goOffline(page) {
  await page.context().setOffline(true);
  await page.locator(".offline").waitFor();
}

async function decline(page) {
  await page.getByLabel("Card number").fill(CARDS.declined);
  await page.getByRole("button", { name: "Pay" }).first().click();
  await page.getByText("declined").first().waitFor();
}

/** Opens a screen in its state; answers its page. */
export async function visit(world, screen, options = {}) {
  const shop = world.shops[screen.shop ?? "full"];
  const cookie = screen.cookie?.(world) ?? [];
  const tamper = options.tamper ?? world.fault?.tamper;
  const page = await openPhone(world.browser, shop, { cookie, ...options, tamper });
  await page.go(screen.path(world));
  if (options.javaScriptEnabled !== false) await settled(page);
  await screen.act?.(page);
  if (screen.words) {
    await page.getByText(screen.words, { exact: false }).filter({ visible: true }).first().waitFor();
  }
  return page;
}
