/** Writes every screen at three sizes to docs/screens. Started by bin/screens. */
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { bare, quick, seeded } from "./lib/seed.js";
import { launch, SIZES } from "./lib/phone.js";
import { SCREENS, visit } from "./screens.js";

const FOLDER = new URL("../docs/screens/", import.meta.url).pathname;
const QUALITY = 78;
const ALL_MAX = 6_000_000;
const only = process.argv.slice(2);

/** Runs in the page: pictures in sight are there, and nothing moves any more. */
async function rest() {
  for (const it of document.images) {
    const { top, bottom } = it.getBoundingClientRect();
    if (bottom > 0 && top < innerHeight) await it.decode().catch(() => {});
  }
  for (const it of document.getAnimations()) if (it.timeline instanceof DocumentTimeline) it.finish();
}

async function take(world, screen, size) {
  const page = await visit(world, screen, { size, reducedMotion: "reduce" });
  await page.evaluate(rest);
  await page.waitForTimeout(150);
  const tools = await page.context().newCDPSession(page);
  const { data } = await tools.send("Page.captureScreenshot", { format: "webp", quality: QUALITY });
  writeFileSync(`${FOLDER}${screen.name}-${size.name}.webp`, Buffer.from(data, "base64"));
  await page.context().close();
}

mkdirSync(FOLDER, { recursive: true });
if (only.length === 0) {
  for (const it of readdirSync(FOLDER)) if (it.endsWith(".webp")) rmSync(FOLDER + it);
}
const [full, fast, none] = await Promise.all([seeded(), quick(), bare()]);
const shops = { full: full.shop, quick: fast.shop, bare: none.shop };
const browser = await launch();
try {
  const world = { ...full, expired: fast.expired, browser, shops };
  const chosen = SCREENS.filter((it) => (only.length ? only.includes(it.name) : it.shown !== false));
  for (const screen of chosen) for (const size of SIZES) await take(world, screen, size);
} finally {
  await browser.close();
  await Promise.all(Object.values(shops).map((it) => it.close()));
}
const all = readdirSync(FOLDER).reduce((sum, it) => sum + statSync(FOLDER + it).size, 0);
console.log(`${readdirSync(FOLDER).length} pictures, ${(all / 1e6).toFixed(1)} MB`);
process.exit(all > ALL_MAX ? 1 : 0);
