/**
 * Measures the landing page and a product page with Lighthouse, and scrolls the feed under a trace.
 * Started by bin/bench pages [RUNS] [ADDRESS]; prints what docs/benchmarks keeps. With an address it
 * measures a shop that runs already.
 */
import { launch as chrome } from "chrome-launcher";
import lighthouse from "lighthouse";
import { ask, json, openShop, until } from "../lib/shop.js";
import { chromiumPath, launch, openPhone, settled } from "../lib/phone.js";

const [runs = 5, address = ""] = process.argv.slice(2);
const RUNS = Number(runs);
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const KINDS = ["performance", "accessibility", "best-practices", "seo"];
const LONG_MS = 50;
const FRAMES_MIN = 55;
const CARDS = 12;
const SLOWER = 4;

const median = (all) => [...all].sort((a, b) => a - b)[Math.floor(all.length / 2)];

async function once(url, tries = 3) {
  const browser = await chrome({ chromePath: chromiumPath(), chromeFlags: FLAGS, logLevel: "silent" });
  try {
    const { lhr } = await lighthouse(url, { port: browser.port, output: "json", logLevel: "silent" });
    if (!lhr.runtimeError) return lhr;
    console.error(`  not counted, since Lighthouse could not measure: ${lhr.runtimeError.code}`);
    if (tries === 1) throw new Error(lhr.runtimeError.message);
  } finally {
    await browser.kill();
  }
  return once(url, tries - 1);
}

function row(name, runs) {
  const score = (kind) => Math.round(median(runs.map((it) => it.categories[kind].score)) * 100);
  const figure = (audit) => median(runs.map((it) => it.audits[audit].numericValue));
  const bytes = figure("total-byte-weight");
  const index = runs.map((it) => Math.round(it.environment.benchmarkIndex)).join(", ");
  console.log(
    `| ${name} | ${KINDS.map(score).join(" / ")} | ${(figure("largest-contentful-paint") / 1000).toFixed(2)} s` +
      ` | ${Math.round(figure("total-blocking-time"))} ms | ${figure("cumulative-layout-shift").toFixed(3)}` +
      ` | ${(figure("speed-index") / 1000).toFixed(2)} s | ${Math.round(bytes / 1000)} kB | ${index} |`,
  );
  const missed = KINDS.flatMap((kind) =>
    runs.at(-1).categories[kind].auditRefs
      .filter((it) => it.weight > 0 && (runs.at(-1).audits[it.id].score ?? 1) < 0.9)
      .map((it) => `${it.id}: ${runs.at(-1).audits[it.id].displayValue ?? runs.at(-1).audits[it.id].title}`),
  );
  for (const it of new Set(missed)) console.error(`  ${name} falls short: ${it}`);

}

/** Swipes through the feed with the processor slowed down, and reads frames and tasks off a trace. */
async function scroll(shop) {
  const browser = await launch();
  const page = await openPhone(browser, shop);
  await page.go("/");
  await settled(page);
  await page.waitForTimeout(2500);
  const tools = await page.context().newCDPSession(page);
  await tools.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  const events = [];
  tools.on("Tracing.dataCollected", (it) => events.push(...it.value));
  const categories = "devtools.timeline,disabled-by-default-devtools.timeline";
  await tools.send("Tracing.start", { traceConfig: { includedCategories: categories.split(",") }, transferMode: "ReportEvents" });
  const frames = await page.evaluate(async (cards) => {
    const shelf = document.querySelector(".shelf");
    const at = [];
    let going = true;
    const count = (now) => {
      at.push(now);
      if (going) requestAnimationFrame(count);
    };
    requestAnimationFrame(count);
    for (let i = 1; i <= cards; i++) {
      const to = document.querySelectorAll(".hero, .card")[i];
      shelf.scrollTo({ top: to.offsetTop, behavior: "smooth" });
      await new Promise((done) => setTimeout(done, 700));
    }
    going = false;
    return at;
  }, CARDS);
  const over = new Promise((done) => tools.once("Tracing.tracingComplete", done));
  await tools.send("Tracing.end");
  await over;
  await browser.close();
  const threads = new Map(events.filter((it) => it.name === "thread_name").map((it) => [`${it.pid} ${it.tid}`, it.args.name]));
  const main = events.filter((it) => it.name === "RunTask" && threads.get(`${it.pid} ${it.tid}`) === "CrRendererMain");
  const tasks = main.map((it) => (it.tdur ?? it.dur) / 1000).sort((a, b) => b - a);
  if (tasks.length === 0) throw new Error("the trace has no task of the page");
  const seconds = (frames.at(-1) - frames[0]) / 1000;
  return { rate: (frames.length - 1) / seconds, longest: tasks[0] ?? 0, long: tasks.filter((it) => it > LONG_MS).length, seconds };
}

const there = { base: address, url: (path) => address + path, close: async () => {} };
const shop = address ? there : await openShop("measured");
try {
  await until("the first shelf", async () => (await ask(shop.url("/api/shelf"))).status === 200);
  const slug = (await json(shop, "/api/shelf")).items[0].slug;
  console.log("| page | performance / accessibility / best practices / SEO | LCP | TBT | CLS | speed index | bytes | benchmarkIndex of each run |");
  console.log("| --- | --- | --- | --- | --- | --- | --- | --- |");
  for (const [name, path] of [["landing", "/"], ["product", `/p/${slug}`]]) {
    const runs = [];
    for (let i = 0; i < RUNS; i++) runs.push(await once(shop.url(path)));
    row(name, runs);
  }
  const { rate, longest, long, seconds } = await scroll(shop);
  console.log(
    `\nFeed, ${CARDS} cards in ${seconds.toFixed(1)} s, processor slowed ${SLOWER} times: ${rate.toFixed(1)} frames/s (bar ${FRAMES_MIN}), ` +
      `longest task ${longest.toFixed(1)} ms by thread time, ${long} over ${LONG_MS} ms (bar 0).`,
  );
} finally {
  await shop.close();
}
process.exit(0);
