/**
 * Walks the packaged shop in a real Chromium. Started by bin/check-pages, which builds it.
 *   node run.js [--faults] [words of a check[,words of another]]
 */
import { bare, mirrored, quick, seeded } from "./lib/seed.js";
import { launch } from "./lib/phone.js";
import { all, faults, run } from "./lib/checks.js";

const LANES = 2;
const FILES = ["source", "bytes", "screens", "contrast", "headline", "motion", "touch", "ways", "luck", "turn", "worker"];

for (const file of FILES) await import(`./checks/${file}.js`);
const words = process.argv.slice(2).filter((it) => !it.startsWith("--")).join(" ");
const chosen = all().filter((it) => words.split(",").some((part) => it.sentence.includes(part)));
if (chosen.length === 0) throw new Error(`no check says "${words}"`);

const started = Date.now();
const [full, fast, none, other] = await Promise.all([seeded(), quick(), bare(), mirrored()]);
const shops = { full: full.shop, quick: fast.shop, bare: none.shop, mirrored: other.shop };
const browsers = await Promise.all(Array.from({ length: LANES + 1 }, () => launch()));
console.log(`four shops opened and filled in ${((Date.now() - started) / 1000).toFixed(0)} s`);
let failed;
try {
  const world = { ...full, expired: fast.expired, shops };
  failed = process.argv.includes("--faults")
    ? await faults(chosen, { ...world, browser: browsers[0] })
    : await run(chosen, world, browsers);
} finally {
  await Promise.all(browsers.map((it) => it.close()));
  await Promise.all(Object.values(shops).map((it) => it.close()));
}
const took = ((Date.now() - started) / 1000).toFixed(0);
console.log(`${chosen.length - failed.length} of ${chosen.length} checks pass, ${took} s`);
for (const it of failed) console.log(`  failed: ${it.sentence}`);
process.exit(failed.length > 0 ? 1 : 0);
