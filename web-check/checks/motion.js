/** What moves, how, and what stops it. */
import assert from "node:assert/strict";
import { check, none, rewriting } from "../lib/checks.js";
import { DESK, openPhone, settled, SIZES } from "../lib/phone.js";
import { SCREENS, visit } from "../screens.js";

const LONGEST_MS = 5000;
const MOVES = ["transform", "opacity", "translate", "scale", "rotate", "offset", "computedOffset", "easing", "composite"];
const CALM_MS = 1200;
const SHIFT_MAX = 0.01;

/** Runs in the page: how many clips play now. */
const playing = () => [...document.querySelectorAll("video")].filter((it) => !it.paused).length;

/** Runs in the page: animations that last too long or move what costs layout or paint. */
function running([longest, moves]) {
  const found = [];
  for (const it of document.getAnimations()) {
    const { endTime } = it.effect.getComputedTiming();
    const place = `${it.effect.target?.localName}.${it.effect.target?.className}${it.effect.pseudoElement ?? ""}`;
    const scrolls = it.timeline && !(it.timeline instanceof DocumentTimeline);
    if (!scrolls && endTime > longest) found.push(`${place} moves for ${endTime} ms`);
    const touched = it instanceof CSSTransition
      ? [it.transitionProperty]
      : it.effect.getKeyframes().flatMap((frame) => Object.keys(frame));
    const costly = touched.filter((name) => !moves.includes(name) && !/color|background|filter/i.test(name));
    if (costly.length > 0) found.push(`${place} moves ${[...new Set(costly)]}`);
  }
  return found;
}

const playsSoon = (page) => page.waitForFunction(() => [...document.querySelectorAll("video")].some((it) => !it.paused));

async function snap(page, times) {
  for (let i = 0; i < times; i++) {
    await page.locator(".hero, .card").nth(i + 1).evaluate((it) => it.scrollIntoView());
    await page.waitForTimeout(350);
  }
}

check(
  "nothing moves for longer than five seconds, and only what the compositor moves",
  async (world) => {
    const found = [];
    for (const name of ["landing", "landing-card", "sheet", "order-paid"]) {
      const screen = SCREENS.find((it) => it.name === name);
      const page = await visit(world, screen);
      for (let i = 0; i < 4; i++) {
        found.push(...(await page.evaluate(running, [LONGEST_MS, MOVES])).map((it) => `${name}: ${it}`));
        await page.waitForTimeout(120);
      }
      await page.context().close();
    }
    none("animations", [...new Set(found)]);
  },
  {
    tamper: rewriting("**/*.css", (it) => `${it}\n@keyframes x { to { left: 9px; } } .hero { animation: x 1s infinite; }`),
  },
);

check(
  "at most one clip plays, in the feed as on a desk",
  async (world) => {
    const found = [];
    const page = await openPhone(world.browser, world.shops.full, { tamper: world.fault?.tamper });
    await page.go("/");
    await settled(page);
    await playsSoon(page);
    for (let i = 0; i < 4; i++) {
      await snap(page, 1 + i);
      const now = await page.evaluate(playing);
      if (now > 1) found.push(`${now} clips play after ${i + 1} cards`);
    }
    await page.context().close();
    const desk = await openPhone(world.browser, world.shops.full, { size: DESK });
    await desk.go("/");
    await settled(desk);
    await desk.locator(".card").nth(1).hover();
    await desk.waitForTimeout(CALM_MS);
    await desk.locator(".card").nth(2).hover();
    await desk.waitForTimeout(CALM_MS);
    const now = await desk.evaluate(playing);
    // The hero's clip may go on beside the one under the pointer.
    if (now > 2) found.push(`${now} clips play on a desk`);
    await desk.context().close();
    none("clips", found);
  },
  { tamper: rewriting("**/*.js", (it) => it.replaceAll("video?.pause()", "video?.play()")) },
);

const sparing = {
  "data is to be saved": {
    tamper: (context) =>
      context.addInitScript(() => {
        Object.defineProperty(navigator, "connection", { value: { saveData: true, effectiveType: "4g" } });
      }),
  },
  "the system wants less motion": { reducedMotion: "reduce" },
  "motion was paused here": {
    tamper: (context) => context.addInitScript(() => localStorage.setItem("motion", "paused")),
  },
};

check(
  "no clip is fetched or played when data is to be saved or motion is not wanted",
  async (world) => {
    const found = [];
    for (const [why, options] of Object.entries(world.fault ? { nothing: {} } : sparing)) {
      const page = await openPhone(world.browser, world.shops.full, options);
      const clips = [];
      page.on("request", (it) => /\.(mp4|webm)$/.test(it.url()) && clips.push(it.url()));
      await page.go("/");
      await settled(page);
      await snap(page, 2);
      await page.waitForTimeout(CALM_MS);
      if (clips.length > 0) found.push(`${clips.length} clips fetched although ${why}`);
      await page.context().close();
    }
    none("clips", found);
  },
  { nothing: true },
);

/** Runs in the page: what moves by itself in all that is drawn. */
const drawnAndRunning = () =>
  document
    .getAnimations()
    .filter((it) => it.playState === "running" && it.effect.target.checkVisibility({ contentVisibilityAuto: true }))
    .map((it) => `${it.animationName ?? it.transitionProperty} on ${it.effect.target.className}`);

check(
  "the switch stops every clip and animation, and is remembered on the next page",
  async (world) => {
    const page = await openPhone(world.browser, world.shops.full, { tamper: world.fault?.tamper });
    await page.go("/");
    await settled(page);
    await playsSoon(page);
    await page.getByRole("button", { name: "Pause motion" }).click();
    // The second that was under way when it was pressed comes to its end.
    await page.waitForTimeout(1_200);
    assert.equal(await page.evaluate(playing), 0, "a clip plays on");
    assert.deepEqual(await page.evaluate(drawnAndRunning), [], "an animation runs on");
    // What is skipped for being far below stands still there, and also once it comes into view.
    for (const at of [4, 12, 20]) {
      await snap(page, at);
      await page.waitForTimeout(400);
      assert.deepEqual(await page.evaluate(drawnAndRunning), [], `an animation runs on card ${at}`);
    }
    await page.go("/cart");
    await settled(page);
    const pressed = await page.getByRole("button", { name: "Pause motion" }).getAttribute("aria-pressed");
    assert.equal(pressed, "true", "the choice is forgotten");
    await page.context().close();
  },
  { tamper: rewriting("**/*.js", (it) => it.replaceAll('localStorage.setItem(KEY, paused', "void (KEY, paused")) },
);

const FRAME_MS = 16;

/**
 * A finger on the glass: down, along, up, as the browser's own input sees it. The events say when they
 * happened, so that a busy machine makes no slow finger of a quick one.
 */
async function flick(page, tools, by, steps) {
  const [x, from] = [150, 560];
  const began = Date.now();
  const touch = (type, at, y) =>
    tools.send("Input.dispatchTouchEvent", {
      type,
      touchPoints: y === undefined ? [] : [{ x, y }],
      timestamp: (began + at * FRAME_MS) / 1000,
    });
  await touch("touchStart", 0, from);
  for (let i = 1; i <= steps; i++) {
    await page.waitForTimeout(FRAME_MS);
    await touch("touchMove", i, from - (by * i) / steps);
  }
  await page.waitForTimeout(FRAME_MS);
  await touch("touchEnd", steps + 1);
}

/** Runs in the page: the number of the card at the top of the window. */
const atTop = () => {
  const tops = [...document.querySelectorAll(".hero, .feed .card")].map((it) => it.getBoundingClientRect().top);
  return tops.map(Math.abs).indexOf(Math.min(...tops.map(Math.abs)));
};

check(
  "one flick moves one card, whether weak or wild",
  async (world) => {
    const page = await openPhone(world.browser, world.shops.full, { tamper: world.fault?.tamper });
    await page.go("/");
    await settled(page);
    const tools = await page.context().newCDPSession(page);
    const found = [];
    let at = 0;
    for (const [by, steps] of [[500, 3], [330, 4], [330, 8], [540, 2]]) {
      await flick(page, tools, by, steps);
      await page.waitForTimeout(1300);
      const now = await page.evaluate(atTop);
      if (now !== at + 1) found.push(`a flick of ${by} px in ${steps} steps moved ${now - at} cards`);
      at = now;
    }
    await page.context().close();
    none("flicks", found);
  },
  { tamper: rewriting("**/*.css", (it) => it.replaceAll(/scroll-snap-(type|stop):[^;}]+/g, "")) },
);

check(
  "a double tap likes at the finger and never takes a like back",
  async (world) => {
    const page = await openPhone(world.browser, world.shops.full, { tamper: world.fault?.tamper });
    await page.go("/");
    await settled(page);
    await snap(page, 1);
    const card = page.locator(".card").first();
    const like = card.locator(".like");
    // Both are sent before either is answered: the time between them is not ours to lengthen.
    const twice = () => Promise.all([page.touchscreen.tap(180, 300), page.touchscreen.tap(184, 303)]);
    await twice();
    await page.locator(".burst").first().waitFor({ state: "attached" });
    assert.equal(await like.getAttribute("aria-pressed"), "true", "a double tap did not like");
    await page.waitForTimeout(900);
    await twice();
    assert.equal(await like.getAttribute("aria-pressed"), "true", "a second double tap took the like back");
    await page.waitForTimeout(900);
    await page.touchscreen.tap(180, 300);
    await page.waitForTimeout(400);
    await page.touchscreen.tap(180, 500);
    assert.equal(await page.locator(".burst").count(), 0, "two slow taps are no double tap");
    await like.click();
    assert.equal(await like.getAttribute("aria-pressed"), "false", "the heart itself toggles");
    await page.context().close();
  },
  { tamper: rewriting("**/*.js", (it) => it.replaceAll("this.like(true)", 'this.like(this.button?.getAttribute("aria-pressed") !== "true")')) },
);

const LATE_MS = 900;

check(
  "nothing moves when the fonts come late",
  async (world) => {
    const found = [];
    const tamper = async (context) => {
      await world.fault?.tamper(context);
      await context.route("**/*.woff2", async (it) => {
        await new Promise((done) => setTimeout(done, LATE_MS));
        await it.continue();
      });
    };
    for (const size of SIZES) {
      for (const path of ["/", `/p/${world.slugs.flash}`, "/cart"]) {
        const page = await openPhone(world.browser, world.shops.full, { size, tamper, cookie: [world.cart] });
        await page.go(path);
        await page.evaluate(() => document.fonts.ready.then(() => undefined));
        await page.waitForTimeout(200);
        const shifted = await page.evaluate(() => window.shifted);
        if (shifted > SHIFT_MAX) found.push(`${path} at ${size.name} moved by ${shifted.toFixed(3)}`);
        await page.context().close();
      }
    }
    none("late fonts", found);
  },
  { tamper: rewriting("**/*.css", (it) => it.replaceAll(/local\("/g, "local(\"No ")) },
);
