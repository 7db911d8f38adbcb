/** The shops in the states that the checks walk: filled by real orders, through the real doors. */
import { randomUUID } from "node:crypto";
import { ask, cookieOf, form, json, openShop, until } from "./shop.js";

const PASSWORD = "a lamp that hums";

const hex = (variant) => variant.replaceAll("-", "");

/** Places an order as a program does; `cookie` makes it the order of one visitor. */
async function place(shop, offer, quantity, cookie = "") {
  const line = { variant: offer.variant, quantity, price: offer.price };
  const headers = { "Content-Type": "application/json", "Idempotency-Key": randomUUID() };
  if (cookie) headers.Cookie = cookie;
  const body = JSON.stringify({ lines: [line] });
  const answer = await ask(shop.url("/api/orders"), { method: "POST", headers, body });
  if (answer.status !== 201) throw new Error(`order: ${answer.status} ${answer.text()}`);
  const order = JSON.parse(answer.text());
  const mine = cookieOf(answer) || cookie;
  // A page that could not be opened at once is opened soon after.
  const opened = async () => {
    const again = await ask(shop.url(`/api/orders/${order.id}`), { headers: { Cookie: mine } });
    return JSON.parse(again.text()).paymentUrl;
  };
  const url = order.paymentUrl ?? (await until(`a payment page of ${order.id}`, opened));
  return { id: order.id, till: new URL(url).pathname, cookie: mine };
}

const CARDS = { good: "4242424242424242", declined: "4000000000000002", stepped: "4000002500003155" };

/** Pays at the till; answers where the till leads next. */
async function pay(shop, order, number = CARDS.good) {
  const card = { number, expiry: "12/34", code: "123" };
  const answer = await form(shop, `${order.till}/pay`, card);
  if (answer.status !== 303) throw new Error(`card ${number}: ${answer.status} ${answer.text()}`);
  return new URL(answer.headers.location, shop.base);
}

/** Waits until an order stands where one of the names says. */
export async function standing(shop, order, ...names) {
  await until(`${order.id} to be ${names}`, async () => {
    const headers = { Cookie: order.cookie };
    const answer = await ask(shop.url(`/api/orders/${order.id}`), { headers });
    return names.includes(JSON.parse(answer.text()).status);
  });
}

/** Buys units until only `rest` of an offer are left, each time as somebody else. */
async function drain(shop, offer, rest) {
  for (let left = offer.left; left > rest; ) {
    const units = Math.min(left - rest, offer.perOrderMax);
    await pay(shop, await place(shop, offer, units));
    left -= units;
  }
}

async function operator(shop) {
  const link = /\/admin\/setup\?token=([\w-]{43})/;
  const token = (await until("the owner's link", () => link.exec(shop.log())))[1];
  return cookieOf(await form(shop, "/admin/setup", { token, name: "Owner", password: PASSWORD }));
}

async function refunded(shop, order, owner) {
  const page = await ask(shop.url(`/admin/orders/${order.id}`), { headers: { Cookie: owner } });
  const version = /name="version" value="(\d+)"/.exec(page.text())[1];
  const wish = { units: "1", reason: "came back unopened", version, restock: "yes", sure: "yes" };
  await form(shop, `/admin/orders/${order.id}/refund`, wish, owner);
  await standing(shop, order, "REFUNDED", "REFUND_FAILED");
}

/** The main shop: a demo shelf, one product sold out, one nearly, orders of one visitor, an owner. */
export async function seeded() {
  const shop = await openShop("full", {
    URGENCY_ORDERS_HOLD: "30m",
    URGENCY_STRIPE_CALLS_PER_SECOND: "1000",
  });
  await until("the first shelf", async () => (await ask(shop.url("/api/shelf"))).status === 200);
  const shelf = await json(shop, "/api/shelf");
  const offers = (it) => it.offers.map((offer) => ({ ...offer, slug: it.slug }));
  const small = shelf.items.filter((it) => it.offers.length === 1 && it.place > 6);
  const scarce = small.flatMap(offers).sort((a, b) => a.left - b.left);
  const [gone, low] = scarce;
  await drain(shop, gone, 0);
  await drain(shop, low, 3);
  const open = shelf.items.filter((it) => ![gone.slug, low.slug].includes(it.slug));
  const picks = open.flatMap((it) => offers(it).filter((offer) => offer.left >= 6).slice(0, 1));
  const awaiting = await place(shop, picks[0], 1);
  const { cookie } = awaiting;
  const declined = await place(shop, picks[1], 2, cookie);
  await pay(shop, declined, CARDS.declined);
  const paid = await place(shop, picks[2], 1, cookie);
  await pay(shop, paid);
  const returned = await place(shop, picks[3], 1, cookie);
  await pay(shop, returned);
  const stepped = await place(shop, picks[0], 1, cookie);
  stepped.step = (await pay(shop, stepped, CARDS.stepped)).pathname;
  const cancelled = await place(shop, picks[1], 1, cookie);
  await form(shop, `/orders/${cancelled.id}/cancel`, {}, cookie);
  const withdrawn = await place(shop, picks[3], 1, cookie);
  await pay(shop, withdrawn);
  const owner = await operator(shop);
  for (const it of [paid, returned, withdrawn]) await standing(shop, it, "PAID");
  await refunded(shop, returned, owner);
  const buyer = { name: "Ada Moor", email: "ada@example.com" };
  await form(shop, `/orders/${withdrawn.id}/withdraw`, buyer, cookie);
  const inbox = (await ask(shop.url("/admin/inbox"), { headers: { Cookie: owner } })).text();
  const wanted = [picks[4], picks[5]];
  const map = (await ask(shop.url("/sitemap.xml"))).text();
  const every = [...map.matchAll(/\/p\/([a-z0-9-]+)</g)].map((it) => it[1]);
  const landing = (await ask(shop.url("/"))).text();
  const category = /href="(\/c\/[a-z0-9-]+)"/.exec(landing)?.[1] ?? "/c/none";
  const onShelf = new Set(shelf.items.map((it) => it.slug));
  const reduced = open.filter((it) => it.place > 1 && it.offers[0].reference);
  const slugs = {
    hero: shelf.items[0].slug,
    flash: (reduced.find((it) => it.offers.length === 1) ?? reduced[0])?.slug,
    picks: open.find((it) => it.offers.length > 1)?.slug,
    gone: gone.slug,
    low: low.slug,
    over: every.find((it) => !onShelf.has(it)),
  };
  for (const [kind, slug] of Object.entries(slugs)) if (!slug) throw new Error(`no product to show as ${kind}`);
  return {
    shop,
    shelf,
    category,
    visitor: cookie,
    owner,
    event: /href="(\/admin\/inbox\/[\w-]+)"/.exec(inbox)[1],
    orders: { awaiting, declined, paid, returned, stepped, cancelled, withdrawn },
    slugs,
    cart: `shelf_cart=${wanted.map((it) => `${hex(it.variant)}*2`).join(".")}`,
    staleCart: `shelf_cart=${hex(wanted[0].variant)}*1.${hex(gone.variant)}*1`,
    wanted,
  };
}

/** A shop whose shelf turns every minute and whose holds end after ten seconds. */
export async function quick() {
  const shop = await openShop("quick", {
    URGENCY_SHELF_REFRESH: "1m",
    URGENCY_SHELF_LEAD: "5s",
    URGENCY_ORDERS_HOLD: "10s",
  });
  await until("the first shelf", async () => (await ask(shop.url("/api/shelf"))).status === 200);
  const { offers } = (await json(shop, "/api/shelf")).items[0];
  const expired = await place(shop, offers[0], 1);
  await standing(shop, expired, "EXPIRED");
  return { shop, expired };
}

/** A shop without a catalogue: its first shelf is still to come. */
export async function bare() {
  return { shop: await openShop("bare", { URGENCY_SHOP_DEMO: "false" }) };
}

/** A shop that also speaks English accented, longer and from right to left; its name needs more letters. */
export async function mirrored() {
  const shop = await openShop("mirrored", { URGENCY_LANGUAGE_DISGUISE: "true" });
  await until("the first shelf", async () => (await ask(shop.url("/api/shelf"))).status === 200);
  return { shop };
}

export { CARDS, place };
