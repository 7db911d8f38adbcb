/** The way from the shelf to a paid order: by keyboard alone, and without JavaScript. */
import assert from "node:assert/strict";
import { check, none, rewriting } from "../lib/checks.js";
import { openPhone, settled, SIZES } from "../lib/phone.js";

const STOPS_MAX = 90;

/** Runs in the page: what is wrong with how the focused control is shown; empty when all is well. */
function unseen() {
  const it = document.activeElement;
  if (!it || it === document.body) return "";
  const shown = it.matches("label input") ? it.closest("label") : it;
  const style = getComputedStyle(shown);
  const name = `${it.localName}.${it.className} "${(it.ariaLabel ?? it.textContent).trim().slice(0, 30)}"`;
  if (style.outlineStyle === "none" || parseFloat(style.outlineWidth) < 2) return `${name} shows no focus`;
  const box = shown.getBoundingClientRect();
  if (box.width === 0 || box.bottom < 0 || box.top > innerHeight) return `${name} is out of sight`;
  const x = Math.min(innerWidth - 1, Math.max(0, box.left + box.width / 2));
  const y = Math.min(innerHeight - 1, Math.max(0, box.top + box.height / 2));
  const top = document.elementFromPoint(x, y);
  if (top && (shown.contains(top) || top.contains(shown))) return "";
  return `${name} lies under ${top?.localName}.${top?.className}`;
}

/** Presses Tab until the focused control's text matches; every stop on the way must be seen. */
async function tabTo(page, words, found) {
  for (let i = 0; i < STOPS_MAX; i++) {
    await page.keyboard.press("Tab");
    await page.waitForTimeout(60);
    const trouble = await page.evaluate(unseen);
    if (trouble) found.push(`${new URL(page.url()).pathname}: ${trouble}`);
    const text = await page.evaluate(() => {
      const it = document.activeElement;
      return (it?.ariaLabel ?? it?.textContent ?? "").trim();
    });
    if (words.test(text)) return;
  }
  throw new Error(`no stop "${words}" on ${page.url()}`);
}

for (const size of [SIZES[0], SIZES[2]]) {
  check(
    `by keyboard alone from the shelf over sheet, cart and till to a paid order, at ${size.name}`,
    async (world) => {
      const page = await openPhone(world.browser, world.shops.full, { size, tamper: world.fault?.tamper });
      const found = [];
      await page.go("/");
      await settled(page);
      await tabTo(page, /^Skip to content/, found);
      await tabTo(page, /^Grab it/, found);
      await page.locator("product-sheet").waitFor({ state: "attached" });
      await page.keyboard.press("Enter");
      await page.locator("dialog.sheet .buy-bar").waitFor();
      await page.waitForTimeout(500);
      await tabTo(page, /^Add to cart/, found);
      await page.keyboard.press("Enter");
      // The shelf stays; the same button now leads to the cart, but not at once.
      await page.locator("dialog.sheet").getByText("View cart").waitFor();
      await page.waitForTimeout(700);
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/cart\b/);
      await settled(page);
      await tabTo(page, /^Checkout/, found);
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/checkout/);
      await settled(page);
      await tabTo(page, /^Pay/, found);
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/c\/pay\//);
      await tabTo(page, /^Pay/, found);
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/orders\/ord_/);
      await page.getByText("Paid").first().waitFor();
      assert.deepEqual(page.complaints, [], "console");
      await page.context().close();
      none("focus", [...new Set(found)]);
    },
    { tamper: rewriting("**/*.css", (it) => it.replace(/:focus-visible ?{/, ":focus-visible { opacity: 1; } .x {")) },
  );
}

check(
  "arrows, space, J, K, L and H work while focus is in the feed, and only then",
  async (world) => {
    const page = await openPhone(world.browser, world.shops.full, { tamper: world.fault?.tamper });
    await page.go("/");
    await settled(page);
    const place = () =>
      page.evaluate(() => Number(document.activeElement?.closest("article")?.getAttribute("aria-posinset") ?? 0));
    const pressed = () => page.evaluate(() => document.activeElement?.closest("article")?.querySelector(".like")?.ariaPressed);
    await page.keyboard.press("l");
    assert.equal(await page.evaluate(() => document.querySelectorAll('.like[aria-pressed="true"]').length), 0);
    await page.locator(".hero h2 a").focus();
    for (const [key, at] of [["ArrowDown", 2], ["j", 3], [" ", 4], ["k", 3], ["ArrowUp", 2], ["Shift+ ", 1], ["ArrowDown", 2]]) {
      await page.keyboard.press(key === "Shift+ " ? "Shift+Space" : key === " " ? "Space" : key);
      await page.waitForTimeout(80);
      assert.equal(await place(), at, `after ${JSON.stringify(key)}`);
    }
    await page.keyboard.press("l");
    assert.equal(await pressed(), "true", "L likes");
    await page.keyboard.press("h");
    assert.equal(await pressed(), "false", "H takes it back");
    await page.context().close();
  },
  { tamper: rewriting("**/*.js", (it) => it.replaceAll('"ArrowDown"', '"F9"')) },
);

check(
  "without JavaScript from the shelf over product, checkout and till to a paid order",
  async (world) => {
    const options = { javaScriptEnabled: false, tamper: world.fault?.tamper };
    const page = await openPhone(world.browser, world.shops.full, options);
    await page.go("/");
    await page.getByRole("link", { name: "Grab it" }).first().click();
    await page.waitForURL(/\/p\//);
    await page.getByRole("button", { name: "Buy now" }).click();
    await page.waitForURL(/\/checkout/);
    await page.getByRole("button", { name: "Pay" }).click();
    await page.waitForURL(/\/c\/pay\//);
    await page.getByRole("button", { name: "Pay" }).first().click();
    await page.waitForURL(/\/orders\/ord_/);
    for (let i = 0; i < 20 && !(await page.content()).includes("Paid"); i++) {
      await page.waitForTimeout(250);
      await page.reload();
    }
    assert.match(await page.content(), /Paid/);
    await page.context().close();
  },
  { tamper: rewriting("**/p/*", (it) => it.replaceAll("<form", "<div").replaceAll("</form", "</div")) },
);
