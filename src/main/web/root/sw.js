/**
 * The service worker: keeps what never changes, and the last shelf for a phone without a line.
 * Documents come from the network first; a shelf whose time is over is never shown. It stays away
 * from forms, parts of clips, and the live line.
 */
const KEPT = "kept-1";
const SHELF = "/";
const OFFLINE = "/offline";
const WAIT_MS = 2_000;
const worker = /** @type {any} */ (self);

worker.addEventListener("install", (/** @type {any} */ event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.add(OFFLINE)).then(worker.skipWaiting()));
});

worker.addEventListener("activate", (/** @type {any} */ event) => {
  const old = caches.keys().then((all) => all.filter((it) => it !== KEPT).map((it) => caches.delete(it)));
  event.waitUntil(old.then(() => worker.clients.claim()));
});

worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || request.headers.has("range") || origin !== location.origin) return;
  if (pathname.startsWith("/a/")) event.respondWith(forEver(request));
  else if (request.mode === "navigate") event.respondWith(page(request, pathname));
});

/** Stamped files never change. @param {Request} request */
async function forEver(request) {
  const kept = await caches.open(KEPT);
  const known = await kept.match(request);
  if (known) return known;
  const answer = await fetch(request);
  if (answer.status === 200) kept.put(request, answer.clone());
  return answer;
}

/** @param {Request} request @param {string} path */
async function page(request, path) {
  const kept = await caches.open(KEPT);
  const fresh = fetch(request).then((answer) => {
    if (path === SHELF && answer.ok) kept.put(SHELF, answer.clone());
    return answer;
  });
  if (path !== SHELF) return fresh.catch(() => kept.match(OFFLINE));
  const late = new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  const first = await Promise.race([fresh, late]).catch(() => undefined);
  return first ?? (await open(kept)) ?? fresh.catch(() => kept.match(OFFLINE));
}

/** The kept shelf while it is open. @param {Cache} kept */
async function open(kept) {
  const shelf = await kept.match(SHELF);
  const closes = (await shelf?.clone().text())?.match(/data-closes="([^"]+)"/)?.[1];
  return closes && Date.now() < Date.parse(closes) ? shelf : undefined;
}
