/** The Turn, on a shop whose shelf changes every minute. */
import assert from "node:assert/strict";
import { ask, json, until } from "../lib/shop.js";
import { check, rewriting } from "../lib/checks.js";
import { openPhone, settled } from "../lib/phone.js";

const TURN_MAX_MS = 75_000;
const AHEAD_MS = 30_000;

const open = async (world, path) => {
  const page = await openPhone(world.browser, world.shops.quick, { tamper: world.fault?.tamper });
  await page.go(path);
  await settled(page);
  return page;
};

const edition = (page) => page.evaluate(() => document.getElementById("main").dataset.edition);

check(
  "the Turn swaps a shelf that is looked at, and moves nothing under an open sheet or in an old tab",
  async (world) => {
    const { quick } = world.shops;
    // With time ahead, so that the tabs surely see the same edition.
    await until(
      "an edition with time ahead",
      async () => new Date((await json(quick, "/api/shelf")).closesAt) - Date.now() > AHEAD_MS,
      TURN_MAX_MS,
    );
    const watched = await open(world, "/");
    const held = await open(world, "/");
    const before = await edition(watched);
    await held.locator("product-sheet").waitFor({ state: "attached" });
    await held.locator(".hero h2 a").click();
    await held.locator("dialog.sheet .buy-bar").waitFor();
    // A tap on what cannot be focused leaves the focus nowhere; the sheet is still being read.
    await held.locator("dialog.sheet .price").click();
    // A flash price, which no later edition may repeat: at the old price it cannot be had again.
    const offers = (await json(quick, "/api/shelf")).items.flatMap((it) => it.offers);
    const offer = offers.find((it) => it.percentOff > 0);
    assert.ok(offer, "no flash price on this shelf");
    const old = await open(world, `/checkout?variant=${offer.variant.replaceAll("-", "")}`);
    await until(
      "the next shelf",
      async () => {
        const answer = await ask(quick.url("/api/shelf"));
        return answer.status === 200 && String(JSON.parse(answer.text()).number) !== before;
      },
      TURN_MAX_MS,
    );
    await watched.waitForFunction(
      (it) => document.getElementById("main").dataset.edition !== it,
      before,
      { timeout: 10_000 },
    );
    assert.match(await watched.locator("#status").textContent(), /New shelf is live/);
    await held.locator(".pill").waitFor();
    assert.equal(await edition(held), before, "the shelf moved under an open sheet");
    assert.ok(await held.locator("dialog.sheet").isVisible(), "the sheet was closed");
    assert.equal(await held.locator('.card[data-state="over"]').first().locator(".price s").filter({ visible: true }).count(), 0);
    assert.equal(await held.locator(".shelf .price").filter({ visible: true }).count(), 0, "an old price is shown");
    assert.ok((await watched.evaluate(() => window.shifted)) <= 0.01, "the layout moved");
    // The tab from before the Turn: nothing is charged, the new price needs a new tap.
    const answered = old.waitForEvent("framenavigated");
    await old.getByRole("button", { name: "Pay" }).click();
    await answered;
    await old.waitForLoadState("load");
    const words = await old.locator("main").innerText();
    assert.match(words, /The price is now|No longer on the shelf/, "an old price was taken silently");
    assert.doesNotMatch(old.url(), /\/c\/pay\//);
    for (const page of [watched, held]) assert.deepEqual(page.complaints, []);
    await Promise.all([watched, held, old].map((it) => it.context().close()));
  },
  { tamper: rewriting("**/*.js", (it) => it.replaceAll("shown() < 0 || busy()", "shown() < 0")) },
  "long",
);
