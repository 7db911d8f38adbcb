/** A browser window on a shop: what it says on its console and how far its layout moves is kept. */
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

export const SIZES = [
  { name: "390", width: 390, height: 844, hasTouch: true, isMobile: true },
  { name: "768", width: 768, height: 1024, hasTouch: true, isMobile: true },
  { name: "1440", width: 1440, height: 900, hasTouch: false, isMobile: false },
];
export const [PHONE, TABLET, DESK] = SIZES;

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const WAIT_MAX_MS = 45_000;
const NAMES = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

export function chromiumPath() {
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    for (const name of NAMES) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch {
        // Not here: look on.
      }
    }
  }
  throw new Error("no Chromium on the path: install the package chromium");
}

export const launch = (more = []) =>
  chromium.launch({ executablePath: chromiumPath(), args: [...FLAGS, ...more] });

/** Runs in the page before anything else: adds up layout shifts that nobody asked for. */
function watchShifts() {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const it of list.getEntries()) if (!it.hadRecentInput) window.shifted += it.value;
  }).observe({ type: "layout-shift", buffered: true });
}

/** Cookies of a request line as a browser context takes them. */
const cookies = (base, lines) =>
  lines.filter(Boolean).map((line) => {
    const at = line.indexOf("=");
    return { name: line.slice(0, at), value: line.slice(at + 1), url: base };
  });

/**
 * Opens a window. `cookie` is a list of `name=value`; `options` go to the browser context. Answers
 * the page with its complaints; close its context when done.
 */
export async function openPhone(browser, shop, { size = PHONE, cookie = [], tamper, ...options } = {}) {
  const { name: _, width, height, ...touch } = size;
  const scripted = options.javaScriptEnabled !== false;
  const context = await browser.newContext({
    viewport: { width, height },
    ...touch,
    // Without script, Chromium's driver never ends a transition between documents.
    reducedMotion: scripted ? "no-preference" : "reduce",
    serviceWorkers: "block",
    timezoneId: "UTC",
    ...options,
  });
  context.setDefaultTimeout(WAIT_MAX_MS);
  await context.addCookies(cookies(shop.base, cookie));
  if (scripted) await context.addInitScript(watchShifts);
  if (tamper) await tamper(context);
  const page = await context.newPage();
  const complaints = [];
  page.on("console", (it) => it.type() === "error" && complaints.push(`${it.text()} on ${page.url()}`));
  page.on("pageerror", (it) => complaints.push(`${it} on ${page.url()}`));
  return Object.assign(page, { complaints, go: (path) => page.goto(shop.url(path)) });
}

/** Waits until the script has set itself up: its last module is there and layout has come to rest. */
export async function settled(page) {
  await page.waitForLoadState("load");
  await page.waitForFunction(() => {
    const tags = [...document.querySelectorAll("*")].map((it) => it.localName);
    // What comes with the first touch is asked for by one.
    if (tags.some((it) => /^(search-box|recent-views)$/.test(it))) dispatchEvent(new Event("pointerdown"));
    return tags.every((tag) => !tag.includes("-") || customElements.get(tag));
  });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 60))));
}
