/** The four headlines of the shelf, which take turns: none may break where nobody wanted it to. */
import { readdirSync, readFileSync } from "node:fs";
import { check, none, rewriting } from "../lib/checks.js";
import { openPhone } from "../lib/phone.js";

const MESSAGES = new URL("../../src/main/resources/messages/", import.meta.url).pathname;
const WIDTHS = [320, 390, 768, 1024, 1440];

/** Every headline of every language, by file and key. */
function headlines() {
  const texts = {};
  for (const file of readdirSync(MESSAGES)) {
    for (const [, key, text] of readFileSync(MESSAGES + file, "utf8").matchAll(/^(hero_line_\w+) = (.*)$/gm)) {
      texts[`${file} ${key}`] = text;
    }
  }
  return texts;
}

/**
 * Runs in the page: lines of a headline that need more than one, or more room than there is, or whose
 * accents touch the line above.
 */
function broken(texts) {
  const headline = document.querySelector(".hero-line");
  const found = [];
  for (const [name, text] of Object.entries(texts)) {
    document.documentElement.lang = name.slice(0, 2);
    headline.innerHTML = text;
    const { lineHeight, fontSize } = getComputedStyle(headline);
    const high = parseFloat(lineHeight) * 1.5;
    const accents = [...headline.children].slice(1).some((it) => /[^\x00-\x7f’]/.test(it.textContent));
    if (accents && parseFloat(lineHeight) < parseFloat(fontSize)) found.push(`${name}: accents touch`);
    for (const line of headline.children) {
      const box = line.getBoundingClientRect();
      if (box.height > high || line.scrollWidth > box.width + 1) found.push(`${name}: "${line.textContent}"`);
    }
  }
  return found;
}

check(
  "each line of each headline is one line and has room for its accents, in our letters and in those that stand in",
  async (world) => {
    const texts = headlines();
    const found = Object.keys(texts).length < 12 ? ["too few headlines are known"] : [];
    for (const fonts of [true, false]) {
      for (const width of WIDTHS) {
        const size = { name: String(width), width, height: 844 };
        const page = await openPhone(world.browser, world.shops.full, { size, tamper: world.fault?.tamper });
        if (!fonts) await page.route(/\.woff2$/, (route) => route.abort());
        await page.go("/");
        await page.evaluate(() => document.fonts.ready.then(() => undefined));
        for (const it of await page.evaluate(broken, texts)) found.push(`${width}${fonts ? "" : " stand-in"} ${it}`);
        await page.context().close();
      }
    }
    none("broken headlines", found);
  },
  { tamper: rewriting("**/*.css", (it) => it.replaceAll("--t-hero:", "--t-hero: 9rem; --t-hero-was:")) },
);

/** Runs in the page: headings of which a word would not fit if it were not broken. */
function torn() {
  const found = [];
  for (const it of document.querySelectorAll("main :is(h1, h2)")) {
    it.style.overflowWrap = "normal";
    if (it.scrollWidth > it.clientWidth + 1) found.push(it.textContent.trim());
  }
  return found;
}

check(
  "no word of a heading is broken in any language",
  async (world) => {
    const found = [];
    for (const width of WIDTHS.slice(0, 2)) {
      const size = { name: String(width), width, height: 844 };
      const page = await openPhone(world.browser, world.shops.full, { size, tamper: world.fault?.tamper });
      for (const language of ["en", "de", "es"]) {
        for (const path of ["/how-we-rank", "/honest", "/cart", "/orders", "/nowhere", "/"]) {
          await page.go(`${path}?lang=${language}`);
          await page.evaluate(() => document.fonts.ready.then(() => undefined));
          for (const it of await page.evaluate(torn)) found.push(`${path} ${language} ${width}: ${it}`);
        }
      }
      await page.context().close();
    }
    none("broken words", found);
  },
  { tamper: rewriting("**/*.css", (it) => `${it}\nmain h1 { font-size: 5rem; }`) },
);
