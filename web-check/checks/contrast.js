/** Words over pictures can be read even where the picture is pure white. */
import { check, none, rewriting } from "../lib/checks.js";
import { SIZES } from "../lib/phone.js";
import { SCREENS, visit } from "../screens.js";

const LEAST = 4.5;
const WHITE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8/5+hHgAHggJ/PchI7wAAAABJRU5ErkJggg==",
  "base64",
);
const PLACES = ".hero-body, .feed .card-info, .card-chips";

/** Runs in the page: lines of text over media with their colour, which is then taken away. */
function words(places) {
  const found = [];
  for (const place of document.querySelectorAll(places)) {
    for (const it of place.querySelectorAll("*")) {
      const own = [...it.childNodes].filter((node) => node.nodeType === 3 && node.textContent.trim());
      const style = getComputedStyle(it);
      // What is only an outline is decoration; buttons and badges bring their own ground.
      if (own.length === 0 || it.matches("em") || it.closest("a.cta, .badge, .flash, .vh, i")) continue;
      for (const node of own) {
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const { left, top, right, bottom } of range.getClientRects()) {
          if (right - left < 4 || top < 0 || bottom > innerHeight) continue;
          found.push({ text: node.textContent.trim().slice(0, 24), color: style.color, left, top, right, bottom });
        }
      }
    }
  }
  const bare = new CSSStyleSheet();
  bare.replaceSync("* { color: transparent !important; text-shadow: none !important; -webkit-text-stroke: 0 !important; -webkit-text-fill-color: transparent !important }");
  document.adoptedStyleSheets = [bare];
  return found;
}

/** Runs in an empty page: the contrast of each line against the brightest pixel under it. */
async function contrasts([picture, lines]) {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const linear = (it) => (it / 255 <= 0.04045 ? it / 255 / 12.92 : ((it / 255 + 0.055) / 1.055) ** 2.4);
  const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
  return lines.map((line) => {
    pen.fillStyle = line.color;
    pen.fillRect(0, 0, 1, 1);
    const text = light(pen.getImageData(0, 0, 1, 1).data);
    pen.drawImage(image, 0, 0);
    const [x, y] = [Math.floor(line.left), Math.floor(line.top)];
    const { data } = pen.getImageData(x, y, Math.ceil(line.right) - x, Math.ceil(line.bottom) - y);
    let ground = 0;
    for (let i = 0; i < data.length; i += 4) ground = Math.max(ground, light(data.subarray(i, i + 3)));
    const [high, low] = [Math.max(text, ground), Math.min(text, ground)];
    return { text: line.text, contrast: (high + 0.05) / (low + 0.05) };
  });
}

const whiteFrames = (spoil) => async (context) => {
  await spoil?.(context);
  await context.route(/\.(avif|jpg|webp)$/, (it) => it.fulfill({ contentType: "image/png", body: WHITE }));
  await context.route(/\.(mp4|webm)$/, (it) => it.abort());
};

check(
  "words over a picture keep a contrast of 4.5 even on a white frame",
  async (world) => {
    const found = [];
    const blank = await world.browser.newPage();
    for (const name of ["landing", "landing-card"]) {
      for (const size of SIZES) {
        const screen = SCREENS.find((it) => it.name === name);
        const tamper = whiteFrames(world.fault?.tamper);
        const page = await visit(world, screen, { size, reducedMotion: "reduce", deviceScaleFactor: 1, tamper });
        const lines = await page.evaluate(words, PLACES);
        const picture = (await page.screenshot()).toString("base64");
        for (const it of await blank.evaluate(contrasts, [picture, lines])) {
          if (it.contrast < LEAST) found.push(`${name} ${size.name}: "${it.text}" ${it.contrast.toFixed(1)}`);
        }
        await page.context().close();
      }
    }
    await blank.close();
    none("contrast", found);
  },
  {
    tamper: rewriting("**/*.css", (it) => it.replaceAll(/\.(hero|card)-media::after ?\{/g, ".x {")),
  },
);
