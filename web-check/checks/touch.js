/** What fingers do beside scrolling: pull, share, hold a clip, put into the cart. */
import assert from "node:assert/strict";
import { check, rewriting } from "../lib/checks.js";
import { openPhone, settled, TABLET } from "../lib/phone.js";

const open = async (world, options = {}) => {
  const page = await openPhone(world.browser, world.shops.full, { tamper: world.fault?.tamper, ...options });
  await page.go("/");
  await settled(page);
  await page.locator("product-sheet").waitFor({ state: "attached" });
  return page;
};

/** A finger down at one place and up at another, slowly. */
async function drag(page, [x, from], to) {
  const tools = await page.context().newCDPSession(page);
  const touch = (type, ...points) => tools.send("Input.dispatchTouchEvent", { type, touchPoints: points });
  await touch("touchStart", { x, y: from });
  for (let i = 1; i <= 8; i++) await touch("touchMove", { x, y: from + ((to - from) * i) / 8 });
  await page.waitForTimeout(60);
  await touch("touchEnd");
}

const playing = () => [...document.querySelectorAll("video")].filter((it) => !it.paused).length;
const plays = (page, count) => page.waitForFunction((it) => [...document.querySelectorAll("video")].filter((video) => !video.paused).length === it, count);

check(
  "pulling the shelf down at its top asks for it anew, and a short pull does not",
  async (world) => {
    const page = await open(world);
    const marked = () => page.evaluate(() => "mark" in window);
    await page.evaluate(() => (window.mark = 1));
    await drag(page, [180, 200], 300);
    await page.waitForTimeout(500);
    assert.ok(await marked(), "a short pull loads the page anew");
    const anew = page.waitForEvent("load");
    await drag(page, [180, 200], 480);
    await anew;
    assert.equal(await marked(), false, "nothing was asked");
    await page.context().close();
  },
  { tamper: rewriting("**/*.js", (it) => it.replaceAll("location.reload()", "void 0")) },
);

check(
  "sharing gives the address to the phone and is counted, or copies it and says so",
  async (world) => {
    const posts = [];
    const shared = (context) =>
      context.addInitScript(() => {
        navigator.share = async (it) => void (window.given = it.url);
      });
    const tamper = async (context) => (await world.fault?.tamper?.(context), shared(context));
    for (const [name, options] of [["shares", { tamper }], ["copies", { permissions: ["clipboard-read", "clipboard-write"] }]]) {
      const page = await open(world, options);
      page.on("request", (it) => it.url().endsWith("/live/share") && posts.push(name));
      if (name === "copies") await page.evaluate(() => (navigator.share = undefined));
      const card = page.locator(".card").first();
      await card.evaluate((it) => it.scrollIntoView());
      const path = await card.locator(".share").getAttribute("data-share");
      const counted = page.waitForRequest(/\/live\/share/);
      await card.locator(".share").click();
      await counted;
      const given = await page.evaluate(() => window.given ?? navigator.clipboard.readText());
      assert.equal(given, world.shops.full.url(path), name);
      assert.equal(await page.locator(".toast").count(), name === "copies" ? 1 : 0, `${name}: what is seen of it`);
      await page.context().close();
    }
    assert.deepEqual(posts, ["shares", "copies"]);
  },
  { tamper: rewriting("**/*.js", (it) => it.replaceAll("navigator.share(", "Promise.resolve(")) },
);

check(
  "a tap holds the clip, a tap lets it go, and under a sheet none plays but the sheet's",
  async (world) => {
    const page = await open(world);
    const card = page.locator(".card").first();
    await card.evaluate((it) => it.scrollIntoView());
    await plays(page, 1);
    await page.touchscreen.tap(180, 300);
    await plays(page, 0);
    await page.waitForTimeout(400);
    await page.touchscreen.tap(180, 300);
    await plays(page, 1);
    await card.locator(".cta").click();
    await page.locator("dialog.sheet video").waitFor({ state: "attached" });
    await page.waitForTimeout(600);
    assert.ok((await page.evaluate(playing)) <= 1, "two clips play");
    assert.equal(await card.locator("video").evaluate((it) => it.paused), true, "a clip plays under the sheet");
    await page.goBack();
    await page.waitForFunction(() => !document.querySelector(".card video").paused);
    await page.context().close();
  },
  { tamper: rewriting("**/*.js", (it) => it.replaceAll("if (!sheet.contains(it)) it.pause()", ";")) },
);

check(
  "a tablet plays what comes into view, and what was scrolled away is not looked at",
  async (world) => {
    const page = await open(world, { size: TABLET });
    const looks = [];
    page.on("request", (it) => it.url().endsWith("/live/look") && looks.push(it.postDataJSON().product));
    const active = () => page.evaluate(() => document.querySelector("snap-feed").active);
    const hero = await page.locator(".hero").getAttribute("data-product");
    assert.equal(await active(), hero);
    await page.locator(".card").nth(4).evaluate((it) => it.scrollIntoView({ block: "center" }));
    await page.waitForFunction((it) => ![it, ""].includes(document.querySelector("snap-feed").active), hero);
    await page.waitForFunction(() => document.querySelector(".card video:not([paused])"));
    await page.locator(".foot").evaluate((it) => it.scrollIntoView());
    await page.waitForTimeout(1500);
    assert.ok(!looks.slice(-1).includes(hero), "the drop is looked at from the foot of the page");
    await page.context().close();
  },
  { tamper: rewriting("**/*.js", (it) => it.replaceAll("if (card && !points.matches)", "if (card && phone.matches)").replaceAll("this.activate(null)", "void 0")) },
);

check(
  "what is taken out of the cart can be put back, with and without JavaScript",
  async (world) => {
    for (const javaScriptEnabled of [true, false]) {
      const options = { cookie: [world.cart], javaScriptEnabled, tamper: world.fault?.tamper };
      const page = await openPhone(world.browser, world.shops.full, options);
      await page.go("/cart");
      const names = page.locator(".rows .item h2");
      const before = await names.allTextContents();
      await page.getByRole("button", { name: `Remove ${before[0]}` }).click();
      await page.waitForURL(/removed=/);
      assert.deepEqual(await names.allTextContents(), before.slice(1));
      await page.getByRole("button", { name: "Undo" }).click();
      await page.waitForURL(/\/cart$/);
      assert.deepEqual((await names.allTextContents()).sort(), before.sort());
      assert.equal(await page.locator(".stepper output").first().textContent(), "2");
      await page.context().close();
    }
  },
  { tamper: rewriting("**/cart", (it) => it.replaceAll('value="remove"', 'value="set"')) },
);

check(
  "what is put into the cart is counted at once, and the shelf stays",
  async (world) => {
    const page = await open(world);
    await page.locator(".card .cta").nth(2).evaluate((it) => it.closest(".card").scrollIntoView());
    await page.locator(".card .cta").nth(2).click();
    const sheet = page.locator("dialog.sheet");
    await sheet.locator(".buy-bar").waitFor();
    await sheet.getByRole("button", { name: "Add to cart" }).dblclick();
    await sheet.getByRole("button", { name: "View cart" }).waitFor();
    assert.equal(await page.locator("cart-count").textContent(), "1", "two quick taps");
    assert.ok(await sheet.isVisible());
    assert.match(await page.locator("#status").textContent(), /Added/);
    await sheet.getByRole("button", { name: "View cart" }).click();
    await page.waitForURL(/\/cart$/);
    assert.equal(await page.locator(".rows .item").count(), 1);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  },
  { tamper: rewriting("**/*.js", (it) => it.replaceAll('document.dispatchEvent(new CustomEvent("cart-changed"))', "void 0")) },
);
