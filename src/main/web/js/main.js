/** What every page needs at once; the rest comes when the page has settled. */
import "./cart-count.js";
import "./drop-countdown.js";
import "./fuse-line.js";
import "./motion-switch.js";
import { goLive } from "./live.js";

const SETTLED_MS = 300;

/** @param {string} tag @param {() => Promise<unknown>} load */
const wanted = (tag, load) => document.querySelector(tag) && load();

async function settle() {
  await Promise.all([
    wanted("snap-feed", () => import("./product-sheet.js")),
    wanted("stock-pulse", () => import("./stock-pulse.js")),
    wanted("live-audience", () => import("./live-audience.js")),
    wanted("heart-tap", () => import("./heart-tap.js")),
    wanted("[data-share]", () => import("./share.js")),
    wanted("preview-clip", () => import("./preview-clip.js")),
    wanted(".poster", () => import("./broken-picture.js")),
    wanted(".shelf", () => import("./pull-down.js")),
    wanted("[data-edition], drop-countdown", () => import("./turn.js")),
  ]);
  const order = /** @type {HTMLElement | null} */ (document.querySelector("live-order"));
  goLive(order?.dataset.order);
  import("./offline.js");
  await wanted("snap-feed", () => import("./snap-feed.js"));
  const product = /** @type {HTMLElement | null} */ (document.querySelector(".product"));
  if (product) {
    const detail = product.dataset.product;
    document.dispatchEvent(new CustomEvent("card-active", { detail }));
  }
}

if (document.readyState === "complete") setTimeout(settle, SETTLED_MS);
else addEventListener("load", () => setTimeout(settle, SETTLED_MS));
