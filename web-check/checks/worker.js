/** The service worker: what it keeps, what it never touches. */
import assert from "node:assert/strict";
import { ask } from "../lib/shop.js";
import { check, none } from "../lib/checks.js";
import { openPhone, settled } from "../lib/phone.js";
import { MAX } from "./bytes.js";

/** A page under the worker's care, with the shelf kept. */
async function cared(world, shop = "full") {
  const options = { serviceWorkers: world.fault?.blocked ? "block" : "allow" };
  const page = await openPhone(world.browser, world.shops[shop], options);
  await page.go("/");
  await settled(page);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await page.reload();
  await settled(page);
  await page.waitForFunction(async () => (await (await caches.open("pages-1")).match("/")) !== undefined);
  return page;
}

check(
  "without a line a reload shows the kept shelf, nothing can be bought, and it comes back by itself",
  async (world) => {
    const page = await cared(world);
    await page.context().setOffline(true);
    await page.reload();
    await page.locator(".hero h1").waitFor();
    await page.getByText("You’re offline. Prices").first().waitFor();
    const hero = page.locator(".hero .cta").first();
    assert.equal(await hero.evaluate((it) => getComputedStyle(it).pointerEvents), "none");
    await page.go("/cart");
    assert.match(await page.locator("h1").innerText(), /offline/i);
    await page.go("/");
    await page.locator(".offline").waitFor();
    await page.context().setOffline(false);
    await page.waitForFunction(() => !document.documentElement.matches("[data-offline], [data-kept]"), null, {
      timeout: 20_000,
    });
    assert.notEqual(await page.locator(".hero .cta").first().evaluate((it) => getComputedStyle(it).pointerEvents), "none");
    await page.context().close();
  },
  { blocked: true },
);

check(
  "a kept shelf whose edition has ended is never shown",
  async (world) => {
    const page = await cared(world);
    await page.evaluate(async () => {
      const pages = await caches.open("pages-1");
      const kept = await pages.match("/");
      const headers = new Headers(kept.headers);
      headers.set("x-until", String(Date.now() - 1));
      await pages.put("/", new Response(await kept.text(), { headers }));
    });
    if (world.fault) await page.evaluate(() => caches.delete("nothing").then(() => location.reload()));
    else await page.context().setOffline(true);
    await page.reload();
    assert.match(await page.locator("h1").innerText(), /offline/i);
    assert.equal(await page.locator(".hero").count(), 0);
    await page.context().close();
  },
  { online: true },
);

check(
  "the worker keeps stamped files and the shelf, never a form, a part, the live line, a price or an order",
  async (world) => {
    const page = await cared(world);
    const passed = [];
    page.on("response", (it) => it.fromServiceWorker() && passed.push(`${it.request().method()} ${new URL(it.url()).pathname}`));
    await page.reload();
    await settled(page);
    await page.waitForTimeout(700);
    await page.locator("product-sheet").waitFor({ state: "attached" });
    await page.locator(".hero .cta").first().click();
    await page.locator("dialog.sheet .buy-bar").waitFor();
    await page.getByRole("button", { name: "Buy now" }).click();
    await page.waitForURL(/\/checkout/);
    await page.getByRole("button", { name: "Pay" }).click();
    await page.waitForURL(/\/c\/pay\//);
    await page.getByRole("button", { name: "Pay" }).first().click();
    await page.waitForURL(/\/orders\/ord_/);
    await page.getByText("Paid").first().waitFor();
    const kept = await page.evaluate(async () => {
      const all = [];
      for (const name of await caches.keys()) {
        for (const it of await (await caches.open(name)).keys()) all.push(new URL(it.url).pathname);
      }
      return all;
    });
    const found = [];
    for (const it of kept) if (!/^\/(a\/.*|offline)?$/.test(it) || /\.(webm|mp4)$/.test(it)) found.push(`kept ${it}`);
    for (const it of passed) if (!/^GET \/(a\/.*)?$/.test(it)) found.push(`passed through: ${it}`);
    if (!passed.some((it) => it.startsWith("GET /a/"))) found.push("no stamped file came from the worker");
    found.push(...page.complaints);
    await page.context().close();
    none("worker", found);
  },
  { blocked: true },
);

check(
  "the worker is small, and is asked for anew each time",
  async (world) => {
    const answer = await ask(world.shops.full.url("/sw.js"));
    assert.equal(answer.headers["content-type"], "text/javascript; charset=utf-8");
    assert.match(answer.headers["cache-control"], /no-cache/);
    const most = world.fault ? 100 : MAX.worker;
    assert.ok(answer.bytes.length <= most, `${answer.bytes.length} bytes, at most ${most}`);
  },
  { small: true },
);

check(
  "the shop can be installed: manifest, icons, a maskable one, shortcuts that lead somewhere",
  async (world) => {
    const { full } = world.shops;
    const page = (await ask(full.url("/"))).text();
    const path = /rel="manifest" href="([^"]+)"/.exec(page)[1];
    const manifest = JSON.parse((await ask(full.url(path))).text());
    assert.equal(manifest.display, "standalone");
    const names = manifest.shortcuts.map((it) => it.name);
    assert.deepEqual(names, world.fault ? [] : ["Cart", "Orders"]);
    assert.ok(manifest.icons.some((it) => it.purpose === "maskable" && it.sizes === "512x512"));
    const addresses = [...manifest.icons.map((it) => it.src), ...manifest.shortcuts.map((it) => it.url)];
    for (const it of addresses) {
      const url = new URL(it, full.url(path)).href;
      assert.equal((await ask(url)).status, 200, url);
    }
  },
  { empty: true },
);
