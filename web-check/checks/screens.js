/** What every screen owes its reader, in each of its states and at three sizes. */
import { AxeBuilder } from "@axe-core/playwright";
import { check, none, rewriting } from "../lib/checks.js";
import { PHONE, SIZES } from "../lib/phone.js";
import { SCREENS, visit } from "../screens.js";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const TARGET = 44;
const SHIFT_MAX = 0.01;

/** Findings of axe as lines. */
async function axe(page, place) {
  const { violations } = await new AxeBuilder({ page }).withTags(TAGS).analyze();
  return violations.flatMap((rule) =>
    rule.nodes.map((node) => `${place}: ${rule.id}: ${node.target} ${node.failureSummary ?? ""}`.replace(/\s+/g, " ")),
  );
}

/** Runs in the page: controls that a thumb would miss. */
function small(least) {
  const words = (it) => (it.ariaLabel ?? it.textContent).trim().slice(0, 30);
  const inText = (it) =>
    it.localName === "a" && getComputedStyle(it).display === "inline" && it.closest("p, li, dd, small, td");
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
  const out = [...document.querySelectorAll("body *")].filter((it) => {
    const { right, width } = it.getBoundingClientRect();
    return width > 0 && right > page.clientWidth + 1;
  });
  return [`${page.scrollWidth} wide: ${out.slice(0, 3).map((it) => `${it.localName}.${it.className}`)}`];
}

const inPage = async (page, place, look, ...words) =>
  (await page.evaluate(look, ...words)).map((it) => `${place}: ${it}`);

const calm = (page) =>
  page.evaluate(() => {
    const ending = document.getAnimations().filter((it) => it.timeline instanceof DocumentTimeline);
    return Promise.all(ending.map((it) => it.finished.catch(() => {}))).then(() => undefined);
  });

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

async function look(page, place) {
  await calm(page);
  const shifted = await page.evaluate(() => window.shifted);
  const found = shifted > SHIFT_MAX ? [`${place}: layout moved by ${shifted.toFixed(3)}`] : [];
  found.push(...(await axe(page, place)));
  found.push(...(await inPage(page, place, small, TARGET)));
  found.push(...(await inPage(page, place, wide)));
  if (page.viewportSize().width === PHONE.width) found.push(...(await reflow(page, place)));
  const expected = /status of 404|net::ERR_INTERNET_DISCONNECTED/;
  found.push(...page.complaints.filter((it) => !expected.test(it)).map((it) => `${place}: ${it}`));
  return found;
}

for (const screen of SCREENS) {
  check(
    `${screen.name} at three sizes: axe, console, thumb, layout, 200 % text and 320 by 256 find nothing`,
    async (world) => {
      const found = [];
      for (const size of SIZES) {
        const page = await visit(world, screen, { size });
        found.push(...(await look(page, `${screen.name} ${size.name}`)));
        await page.context().close();
      }
      none("screens", found);
    },
    screen.name === "landing" && {
      tamper: rewriting("**/", (it) => it.replace("</main>", "<button></button></main>")),
    },
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
