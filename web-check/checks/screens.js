/** What every screen owes its reader, in each of its states and at three sizes. */
import axe from "axe-core";
import { check, none, rewriting } from "../lib/checks.js";
import { DESK, PHONE, TABLET } from "../lib/phone.js";
import { SCREENS, visit } from "../screens.js";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const TARGET = 44;
const SHIFT_MAX = 0.01;

const markup = (change) => rewriting(/\/(checkout|cart|honest|search)?$/, change);
const style = (words) => rewriting("**/*.css", (it) => `${it}\n${words}`);

const LATE = `setTimeout(() => {
  const late = document.createElement("div");
  late.style.height = "300px";
  document.querySelector("main").prepend(late);
}, 30);`;

/** One fault for each thing that is looked for, on a screen each. */
const FAULTS = {
  landing: { tamper: markup((it) => it.replace("</main>", "<button></button></main>")) },
  "cart-empty": { tamper: style(".tabs a { color: oklch(40% 0 0); }") },
  cart: { tamper: rewriting("**/*.js", (it) => `${it}\nconsole.error("planted");`) },
  checkout: { tamper: style("main button { block-size: 20px; min-block-size: 0; padding: 0; }") },
  honest: { tamper: style("@media (width < 30rem) { main h2 { inline-size: 500px; } }") },
  search: { tamper: rewriting("**/*.js", (it) => `${it}\n${LATE}`) },
};

// The cards of a shelf are one template: four of them, and all in a state of their own, tell it all.
const REPEATED = ".feed .card:nth-child(n + 5):not([data-state])";

/** Runs in the page: findings of axe as lines. */
async function breaches([tags, repeated]) {
  const runOnly = { type: "tag", values: tags };
  const what = { include: [["html"]], exclude: [[repeated]] };
  const { violations } = await window.axe.run(what, { runOnly, resultTypes: ["violations"] });
  return violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary ?? ""}`.replace(/\s+/g, " ")),
  );
}

/** Runs in the page: controls that a thumb would miss. */
function small(least) {
  const words = (it) => (it.ariaLabel ?? it.textContent).trim().slice(0, 30);
  // In running text a link is as high as its line, and still what 2.5.8 asks for.
  const inText = (it) =>
    it.matches(":is(p, li, dd, small, td) a") &&
    (getComputedStyle(it).display === "inline" ||
      (it.matches(".card-meta > a") && it.getBoundingClientRect().height >= 24));
  const covers = (it) => {
    const veil = getComputedStyle(it, "::after");
    if (veil.content === "none" || veil.position !== "absolute") return it;
    let parent = it;
    while (parent && getComputedStyle(parent).position === "static") parent = parent.parentElement;
    return parent ?? it;
  };
  const found = [];
  for (const it of document.querySelectorAll("a[href], button, input, select, summary")) {
    if (it.type === "hidden" || !it.checkVisibility({ visibilityProperty: true })) continue;
    if (it.closest(".skip, [inert]") || inText(it)) continue;
    const box = (it.matches("label input") ? it.closest("label") : covers(it)).getBoundingClientRect();
    if (box.width < least - 0.5 || box.height < least - 0.5) {
      found.push(`${it.localName}.${it.className} "${words(it)}" ${box.width | 0}x${box.height | 0}`);
    }
  }
  return found;
}

/** Runs in the page: whether something sticks out at the side. */
function wide() {
  const page = document.scrollingElement;
  if (page.scrollWidth <= page.clientWidth + 1) return [];
  // What a box clips or what is fixed cannot widen the page: the cause is something else.
  const clipped = (it) => {
    for (let up = it; up && up !== document.body; up = up.parentElement) {
      const { overflowX, position } = getComputedStyle(up);
      if (position === "fixed" || (up !== it && overflowX !== "visible")) return true;
    }
    return false;
  };
  const out = [...document.querySelectorAll("body *")].filter((it) => {
    const { right, width } = it.getBoundingClientRect();
    return width > 0 && right > page.clientWidth + 1 && !clipped(it);
  });
  return [`${page.scrollWidth} wide: ${out.slice(0, 3).map((it) => `${it.localName}.${it.className}`)}`];
}

const inPage = async (page, place, look, ...words) =>
  (await page.evaluate(look, ...words)).map((it) => `${place}: ${it}`);

/** Runs in the page: what moves has arrived. */
function calm() {
  for (const it of document.getAnimations()) if (it.timeline instanceof DocumentTimeline) it.finish();
}

/** Nothing may stick out when text is twice as large, or in a window of 320 by 256. */
async function reflow(page, place) {
  const size = page.viewportSize();
  await page.evaluate(() => (document.documentElement.style.fontSize = "200%"));
  const found = await inPage(page, `${place}, text at 200 %`, wide);
  await page.evaluate(() => (document.documentElement.style.fontSize = ""));
  await page.setViewportSize({ width: 320, height: 256 });
  found.push(...(await inPage(page, `${place}, window of 320 by 256`, wide)));
  await page.setViewportSize(size);
  return found;
}

/** What the page must be at the size that it has now. */
async function look(page, place) {
  await page.evaluate(axe.source);
  const found = await inPage(page, place, breaches, [TAGS, REPEATED]);
  found.push(...(await inPage(page, place, small, TARGET)));
  found.push(...(await inPage(page, place, wide)));
  return found;
}

/** What must be true of a page however large it is, since it was opened. */
async function past(page, place) {
  const shifted = await page.evaluate(() => window.shifted);
  const found = shifted > SHIFT_MAX ? [`${place}: layout moved by ${shifted.toFixed(3)}`] : [];
  const expected = /status of 404|net::ERR_INTERNET_DISCONNECTED/;
  found.push(...page.complaints.filter((it) => !expected.test(it)).map((it) => `${place}: ${it}`));
  return found;
}

/** A hand's screen is opened once and then turned into a tablet; a desk's has a pointer. */
async function everySize(world, screen) {
  const found = [];
  for (const sizes of [[PHONE, TABLET], [DESK]]) {
    const page = await visit(world, screen, { size: sizes[0] });
    await page.evaluate(calm);
    const place = (size) => `${screen.name} ${size.name}`;
    found.push(...(await past(page, place(sizes[0]))));
    for (const size of sizes) {
      await page.setViewportSize({ width: size.width, height: size.height });
      found.push(...(await look(page, place(size))));
      if (size === PHONE) found.push(...(await reflow(page, place(size))));
    }
    await page.context().close();
  }
  return found;
}

for (const screen of SCREENS) {
  check(
    `${screen.name} at three sizes: axe, console, thumb, layout, 200 % text and 320 by 256 find nothing`,
    async (world) => none("screens", await everySize(world, screen)),
    FAULTS[screen.name],
  );
}

check(
  "without JavaScript every screen stands by itself",
  async (world) => {
    const found = [];
    for (const screen of SCREENS) {
      if (screen.act) continue;
      const page = await visit(world, screen, { javaScriptEnabled: false });
      const shown = await page.locator("h1").first().isVisible();
      const dead = await page.locator("motion-switch button, .like, .share").filter({ visible: true }).count();
      if (!shown) found.push(`${screen.name}: no headline`);
      if (dead) found.push(`${screen.name}: ${dead} controls that do nothing`);
      await page.context().close();
    }
    none("without JavaScript", found);
  },
  { tamper: rewriting("**/", (it) => it.replace(/<h1/g, "<h1 hidden")) },
);
