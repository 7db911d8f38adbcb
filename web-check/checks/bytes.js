/** How light the landing page is: bytes, requests, elements, script time. None of it is a timing. */
import { ask } from "../lib/shop.js";
import { check, none, rewriting } from "../lib/checks.js";
import { openPhone, settled } from "../lib/phone.js";

const KB = 1000;
const MAX = {
  brotli: { html: 14 * KB, css: 8 * KB, js: 8 * KB, hands: 4 * KB, fonts: 26 * KB },
  gzip: { js: 15 * KB, text: 36 * KB },
  bytes: 170 * KB,
  requests: 16,
  fontFiles: 2,
  elements: 1_400,
  scriptMs: 30,
  idleScriptMs: 40,
  worker: 3 * KB,
};
const IDLE_MS = 10_000;
const LOADS = 6;
const KINDS = [
  ["html", /\/$/],
  ["css", /\.css$/],
  // What comes with the first touch, or three seconds later.
  ["hands", /\/js\/hands\//],
  ["js", /\.js$/],
  ["fonts", /\.woff2$/],
  ["video", /\.(webm|mp4)$/],
  ["live", /\/(events|live\/look)$/],
];

const kind = (url) => KINDS.find(([, its]) => its.test(new URL(url).pathname))?.[0] ?? "other";

/** Everything that the landing page asks for until it rests, before anybody touches it. */
async function asked(world) {
  const page = await openPhone(world.browser, world.shops.full, { tamper: world.fault?.tamper });
  const urls = new Set();
  page.on("request", (it) => urls.add(it.url()));
  await page.go("/");
  await settled(page);
  await page.waitForFunction(() => customElements.get("product-sheet"));
  await page.waitForTimeout(500);
  await page.context().close();
  return [...urls].filter((it) => !it.startsWith("data:"));
}

async function weigh(urls, encoding) {
  const sizes = {};
  for (const url of urls) {
    const its = kind(url);
    if (its === "video" || its === "live") continue;
    const { bytes } = await ask(url, { headers: { "Accept-Encoding": encoding } });
    sizes[its] = (sizes[its] ?? 0) + bytes.length;
  }
  return sizes;
}

check(
  "the landing page is within its budget of bytes, files and requests",
  async (world) => {
    const urls = await asked(world);
    const found = [];
    const most = (what, is, max) => {
      console.log(`         ${what}: ${is} of at most ${max}`);
      if (is > max) found.push(`${what}: ${is}, at most ${max}`);
    };
    const brotli = await weigh(urls, "br");
    const gzip = await weigh(urls, "gzip");
    for (const [its, max] of Object.entries(MAX.brotli)) most(`${its}, brotli`, brotli[its], max);
    const script = gzip.js + gzip.hands;
    most("js, gzip", script, MAX.gzip.js);
    most("html, css and js, gzip", gzip.html + gzip.css + script, MAX.gzip.text);
    most("all bytes without video", Object.values(brotli).reduce((a, b) => a + b), MAX.bytes);
    const counted = urls.filter((it) => !["video", "live"].includes(kind(it)));
    most("requests without video", counted.length, MAX.requests);
    most("font files", urls.filter((it) => kind(it) === "fonts").length, MAX.fontFiles);
    const foreign = urls.filter((it) => new URL(it).origin !== world.shops.full.base);
    most("requests to others", foreign.length, 0);
    none("bytes", found);
  },
  {
    tamper: rewriting("**/", (it) =>
      it.replace("</main>", '<img src="http://localhost:9/x.png" alt=""></main>'),
    ),
  },
);

/** Milliseconds of script by the clock of the page's own thread, which other processes do not move. */
async function scripted(page) {
  const tools = await page.context().newCDPSession(page);
  await tools.send("Performance.enable", { timeDomain: "threadTicks" });
  return async () => {
    const { metrics } = await tools.send("Performance.getMetrics");
    return metrics.find((it) => it.name === "ScriptDuration").value * 1000;
  };
}

check(
  "scripts take little of the processor, to the first rest and while numbers move",
  async (world) => {
    const toRest = [];
    let idle = 0;
    let elements = 0;
    for (let i = 1; i <= LOADS; i++) {
      const page = await openPhone(world.browser, world.shops.full, { tamper: world.fault?.tamper });
      const spent = await scripted(page);
      await page.go("/");
      await page.waitForLoadState("load");
      await page.waitForTimeout(1500);
      toRest.push(await spent());
      if (i === LOADS) {
        await page.waitForTimeout(IDLE_MS);
        idle = (await spent()) - toRest.at(-1);
        elements = await page.evaluate(() => document.body.querySelectorAll("*").length);
      }
      await page.context().close();
    }
    // The first load compiles what the next ones find compiled, as a second visit does; whatever else
    // runs on the machine only adds.
    const least = Math.min(...toRest);
    const found = [];
    const loads = toRest.map((it) => it.toFixed(1)).join(", ");
    console.log(`         scripts: ${loads} ms to rest, ${idle.toFixed(1)} ms in 10 idle s; ${elements} elements`);
    if (least > MAX.scriptMs) found.push(`${least.toFixed(1)} ms of script to rest`);
    if (idle > MAX.idleScriptMs) found.push(`${idle.toFixed(1)} ms of script in ten idle seconds`);
    if (elements > MAX.elements) found.push(`${elements} elements`);
    none("scripts", found);
  },
  {
    tamper: rewriting("**/*.js", (it) => `${it}\nfor (let i = 0; i < 2e8; i++) globalThis.x = i;`),
  },
  "alone",
);

/** Runs in the page: what the browser calls the largest paint, once a clip has been painted too. */
async function largest() {
  const clip = document.querySelector("preview-clip");
  for (let i = 0; clip && i < 100 && !clip.matches(".plays"); i++) await new Promise((done) => setTimeout(done, 50));
  await new Promise((done) => setTimeout(done, 400));
  const painted = await new Promise((done) => {
    const watch = new PerformanceObserver((list) => done(list.getEntries().at(-1)));
    watch.observe({ type: "largest-contentful-paint", buffered: true });
  });
  const it = painted.element;
  return it?.closest(".poster, h1, .hero h2") ? "" : (it?.outerHTML ?? "nothing").slice(0, 120);
}

check(
  "the largest paint is a poster or the headline, never a clip",
  async (world) => {
    const found = [];
    for (const path of ["/", `/p/${world.slugs.hero}`]) {
      const page = await openPhone(world.browser, world.shops.full, { tamper: world.fault?.tamper });
      await page.go(path);
      const other = await page.evaluate(largest);
      if (other) found.push(`${path}: ${other}`);
      await page.context().close();
    }
    none("largest paint", found);
  },
  { tamper: rewriting("**/*.css", (it) => `${it}\n.poster img, h1, .hero h2 { display: none; }`) },
);

export { MAX };
