/**
 * The service worker: keeps stamped files, and the last shelf for a phone without a line. The shelf
 * comes from the network first; the kept one is marked [data-kept] and only shown while its edition
 * is open by the server's clock. Forms, parts of clips, the live line, and every page from the
 * checkout on never pass through here.
 */
const SHELF = "/";
const OFFLINE = "/offline";
const PAGES = "pages-1";
const WAIT_MS = 2_000;
const ALONE = /^\/(checkout|back\/|orders\/|c\/(pay|step)\/|admin|api\/|events|live\/|webhooks\/|media\/)/;
const worker = /** @type {any} */ (self);

worker.addEventListener("install", (/** @type {any} */ event) => {
  const kept = caches.open(PAGES).then((pages) => pages.add(OFFLINE));
  event.waitUntil(kept.then(() => worker.skipWaiting()));
});

worker.addEventListener("activate", (/** @type {any} */ event) => {
  event.waitUntil(worker.clients.claim());
});

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || request.headers.has("range") || origin !== location.origin) return;
  if (pathname.startsWith("/a/")) event.respondWith(stamped(request, pathname));
  else if (request.mode === "navigate" && !ALONE.test(pathname)) {
    event.respondWith(pathname === SHELF ? shelf(request) : fetch(request).catch(() => offline()));
  }
});

/** Stamped files never change; a new stamp ends all earlier ones. */
async function stamped(/** @type {Request} */ request, /** @type {string} */ path) {
  const stamp = path.split("/", 3).join("/");
  const files = await caches.open(stamp);
  const known = await files.match(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.status === 200) {
    await files.put(request, answer.clone()).catch(() => {});
    for (const it of await caches.keys()) if (it !== stamp && it !== PAGES) caches.delete(it);
  }
  return answer;
}

async function shelf(/** @type {Request} */ request) {
  const fresh = fetch(request).then((answer) => keep(answer));
  const late = new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  const first = await Promise.race([fresh, late]).catch(() => undefined);
  return first ?? (await kept()) ?? fresh.catch(() => offline());
}

/** Keeps a shelf with the moment at which it ends on this phone's clock. */
async function keep(/** @type {Response} */ answer) {
  const closes = answer.ok && /data-closes="([^"]+)"/.exec(await answer.clone().text())?.[1];
  const said = Date.parse(answer.headers.get("date") ?? "") || Date.now();
  const headers = new Headers(answer.headers);
  headers.set("x-until", String(closes ? Date.parse(closes) - said + Date.now() : 0));
  const copy = new Response(answer.clone().body, { headers });
  if (closes) await (await caches.open(PAGES)).put(SHELF, copy).catch(() => {});
  return answer;
}

async function kept() {
  const it = await (await caches.open(PAGES)).match(SHELF);
  if (!it || Date.now() >= Number(it.headers.get("x-until"))) return undefined;
  const text = (await it.text()).replace("<html", "<html data-kept");
  return new Response(text, { headers: it.headers });
}

const offline = async () => (await (await caches.open(PAGES)).match(OFFLINE)) ?? Response.error();
