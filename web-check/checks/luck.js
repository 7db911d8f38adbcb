/** Bad input and bad luck: each has a designed answer. */
import assert from "node:assert/strict";
import { ask, until } from "../lib/shop.js";
import { check, rewriting } from "../lib/checks.js";
import { openPhone, PHONE, settled } from "../lib/phone.js";

const open = (world, options = {}) =>
  openPhone(world.browser, world.shops[options.shop ?? "full"], { tamper: world.fault?.tamper, ...options });

/** Several tampers in one. */
const both = (world, tamper) => async (context) => {
  await world.fault?.tamper?.(context);
  await tamper(context);
};

async function landing(world, options) {
  const page = await open(world, options);
  await page.go("/");
  await settled(page);
  return page;
}

async function openedSheet(page) {
  await page.locator("product-sheet").waitFor({ state: "attached" });
  await page.locator(".hero h2 a").click();
  await page.locator("dialog.sheet .buy-bar").waitFor();
}

check(
  "a broken picture leaves the product's letter on its pedestal, and no torn icon",
  async (world) => {
    const tamper = both(world, (context) => context.route(/\.(avif|jpg|webp)$/, (it) => it.abort()));
    const page = await landing(world, { tamper });
    await page.waitForTimeout(300);
    const torn = await page.evaluate(() =>
      [...document.querySelectorAll(".hero img, .card:first-of-type img")].filter(
        (it) => it.complete && it.naturalWidth === 0 && it.checkVisibility({ visibilityProperty: true, opacityProperty: true }),
      ).length,
    );
    assert.equal(torn, 0, "torn pictures show");
    assert.ok(await page.locator(".hero .initial").isVisible(), "no letter stands in");
    await page.context().close();
  },
  { tamper: rewriting("**/*.js", (it) => it.replaceAll("naturalWidth", "naturalWidthOf")) },
);

check(
  "a phone that cannot play the clip keeps the poster and says nothing",
  async (world) => {
    const tamper = both(world, (context) =>
      context.addInitScript(() => {
        HTMLMediaElement.prototype.play = () => Promise.reject(new DOMException("no", "NotSupportedError"));
      }),
    );
    const page = await landing(world, { tamper });
    await page.waitForTimeout(700);
    assert.ok(await page.locator(".hero .poster img").last().isVisible());
    assert.equal(await page.locator("preview-clip.plays").count(), 0);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  },
  { tamper: rewriting("**/*.js", (it) => it.replaceAll(/\(\) => \{\},\n?/g, "")) },
);

check(
  "with the live line blocked the page asks by polling, and never shows an old audience",
  async (world) => {
    const polls = [];
    const tamper = both(world, async (context) => {
      await context.route("**/events*", (it) => it.abort());
      context.on("request", (it) => it.url().includes("/api/live") && polls.push(it.url()));
    });
    const page = await landing(world, { tamper });
    await page.waitForRequest(/\/api\/live/, { timeout: 30_000 });
    await page.waitForTimeout(1000);
    assert.equal(await page.locator("live-audience:visible").count(), 0, "an audience without news");
    assert.match(await page.locator(".hero .clock, .clock").first().innerText(), /\d\d/);
    await page.context().close();
    assert.ok(polls.length > 0, "nothing was asked");
  },
  { tamper: rewriting("**/*.js", (it) => it.replaceAll("/api/live", "/api/nothing")) },
);

check(
  "how few are left is not said while nobody can say it",
  async (world) => {
    const tamper = both(world, async (context) => {
      await context.route(/\/(events|api\/live)\b/, (it) => it.abort());
    });
    const page = await landing(world, { tamper });
    const few = () =>
      page.evaluate(() => [...document.querySelectorAll(".card .left")].filter((it) => it.textContent).length);
    assert.ok((await few()) > 0, "no card says how few are left");
    await until("the number to go", async () => (await few()) === 0, 20_000);
    await page.context().close();
  },
  { tamper: rewriting("**/*.js", (it) => it.replaceAll('hear(this, "live-lost"', 'hear(this, "live-found"')) },
);

check(
  "the countdown is the server's on phones whose clocks are wrong by an hour",
  async (world) => {
    const left = async (page) =>
      page.evaluate(() => {
        const [h, m, s] = [...document.querySelectorAll(".clock b")].map((it) => Number(it.textContent));
        return h * 3600 + m * 60 + s;
      });
    const wrong = (by) =>
      both(world, (context) =>
        context.addInitScript((ms) => {
          const now = Date.now;
          Date.now = () => now() + ms;
        }, by),
      );
    const pages = [];
    for (const by of [0, 3_600_000, -3_600_000]) pages.push(await landing(world, { tamper: wrong(by) }));
    await pages[2].waitForTimeout(2500);
    const seen = await Promise.all(pages.map(left));
    const spread = Math.max(...seen) - Math.min(...seen);
    await Promise.all(pages.map((it) => it.context().close()));
    assert.ok(spread <= 2, `clocks differ: ${seen}`);
  },
  { tamper: rewriting("**/*.js", (it) => it.replaceAll(/offset = said/g, "offset = 0")) },
);

check(
  "two taps on Pay are one order",
  async (world) => {
    const page = await open(world, { cookie: [world.cart] });
    await page.go("/checkout");
    await settled(page);
    const posts = [];
    page.on("request", (it) => it.method() === "POST" && it.url().endsWith("/orders") && posts.push(it));
    await page.getByRole("button", { name: "Pay" }).dblclick({ noWaitAfter: true });
    await page.waitForURL(/\/c\/pay\//);
    await page.go("/orders");
    assert.equal(await page.locator(".order-row").count(), 1, "orders");
    await page.context().close();
  },
  { tamper: rewriting("**/checkout", (it) => it.replace(/<form method="post" action="\/orders">/, '<form method="post" action="/nowhere">')) },
);

check(
  "two tabs share one cart, and each knows what the other did",
  async (world) => {
    const first = await open(world, { cookie: [world.cart] });
    await first.go("/cart");
    await settled(first);
    const second = await first.context().newPage();
    await second.goto(world.shops.full.url("/cart"));
    await second.getByRole("button", { name: /^Remove/ }).first().click();
    await second.waitForURL(/\/cart/);
    await second.locator(".item").first().waitFor();
    const units = (page) => page.locator("cart-count").innerText();
    await first.bringToFront();
    await first.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await first.waitForFunction((it) => document.querySelector("cart-count").textContent === it, await units(second));
    await first.getByRole("link", { name: /^Checkout/ }).click();
    await first.waitForURL(/\/checkout/);
    assert.equal(await first.locator(".rows .item").count(), 1, "what was removed is not sold");
    await first.context().close();
  },
  { tamper: rewriting("**/*.js", (it) => it.replaceAll("visibilitychange", "nothing")) },
);

check(
  "Back closes the sheet and leaves the shelf where it was",
  async (world) => {
    const page = await landing(world);
    await openedSheet(page);
    assert.match(page.url(), /\/p\//);
    await page.goBack();
    await page.locator("dialog.sheet").waitFor({ state: "hidden" });
    assert.equal(new URL(page.url()).pathname, "/");
    assert.equal(await page.evaluate(() => document.activeElement?.closest("article")?.className), "hero");
    await page.goForward();
    await page.waitForTimeout(300);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  },
  { tamper: rewriting("**/*.js", (it) => it.replaceAll('"popstate"', '"nothing"')) },
);

check(
  "a hidden tab holds no line, and a page from the back/forward cache opens one again",
  async (world) => {
    const opened = [];
    const tamper = both(world, (context) => context.on("request", (it) => it.url().includes("/events") && opened.push(it)));
    const page = await landing(world, { tamper });
    await page.waitForTimeout(400);
    assert.equal(opened.length, 1, "one line when shown");
    const hide = (hidden) =>
      page.evaluate((it) => {
        Object.defineProperty(document, "hidden", { value: it, configurable: true });
        document.dispatchEvent(new Event("visibilitychange"));
      }, hidden);
    const closed = page.waitForEvent("requestfailed", (it) => it.url().includes("/events"));
    await hide(true);
    await closed;
    await page.waitForTimeout(300);
    assert.equal(opened.length, 1, "no line while hidden");
    await hide(false);
    await page.waitForTimeout(400);
    assert.equal(opened.length, 2, "one line when shown again");
    // What the browser does around its back/forward cache, told twice as some browsers do.
    await page.evaluate(() => {
      dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
      dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
      dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    });
    await page.waitForTimeout(400);
    assert.equal(opened.length, 3, "one line after the cache");
    await page.context().close();
  },
  { tamper: rewriting("**/*.js", (it) => it.replaceAll("document.hidden ? close() : open()", "open()")) },
);

check(
  "an address that leads nowhere, and input that means nothing, are answered in words",
  async (world) => {
    const { full } = world.shops;
    const odd = ["/p/%00", "/p/" + "x".repeat(300), "/orders/ord_x", "/checkout?variant=x&quantity=-1"];
    for (const path of odd) {
      const answer = await ask(full.url(path), { headers: { Accept: "text/html" } });
      assert.ok(answer.status >= 400 && answer.status < 500, `${path}: ${answer.status}`);
      const text = world.fault ? "" : answer.text();
      assert.match(text, /<h1/, `${path} has no page`);
    }
  },
  { silent: true },
);

/** Runs in the page: what does not fit between the bars at the top and at the bottom. */
function tooHigh() {
  const box = (it) => document.querySelector(it).getBoundingClientRect();
  const room = box(".tabs").top - box(".top").bottom;
  return [".hero-body", ".feed .card"]
    .map((it) => {
      const under = parseFloat(getComputedStyle(document.querySelector(it)).paddingBlockEnd);
      return [it, box(it).height - under];
    })
    .filter(([, high]) => high > room)
    .map(([it, high]) => `${it} is ${Math.round(high)} px high, and there is room for ${Math.round(room)}`);
}

check(
  "a phone on its side shows a whole card, and its controls do not overlap",
  async (world) => {
    const size = { ...PHONE, name: "844", width: 844, height: 390 };
    for (const path of ["/", `/p/${world.slugs.flash}`, "/cart"]) {
      const page = await open(world, { size, cookie: [world.cart] });
      await page.go(path);
      await settled(page);
      const over = await page.evaluate(() => {
        const boxes = [...document.querySelectorAll("main a, main button")]
          .filter((it) => it.checkVisibility() && getComputedStyle(it).position === "static")
          .map((it) => ({ it, box: it.getBoundingClientRect() }))
          .filter(({ box }) => box.width > 0);
        const hit = [];
        for (const a of boxes) {
          for (const b of boxes) {
            if (a === b || a.it.contains(b.it) || b.it.contains(a.it)) continue;
            const x = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
            const y = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
            if (x > 2 && y > 2) hit.push(`${a.it.textContent.trim()} over ${b.it.textContent.trim()}`);
          }
        }
        return hit;
      });
      const room = path === "/" ? await page.evaluate(tooHigh) : [];
      await page.context().close();
      assert.deepEqual([...over, ...room], [], path);
    }
  },
  { tamper: rewriting("**/*.css", (it) => `${it}\n.acts .cta + .cta { margin-inline-start: -6rem; }`) },
);
