/** What every page needs at once; the rest comes when the page has settled. */
import "./cart-count.js";
import "./drop-countdown.js";
import "./fuse-line.js";
import "./local-time.js";
import "./motion-switch.js";
import "./search-key.js";

const SETTLED_MS = 300;
const MONEY = /^\/(back|checkout|orders|c\/(pay|step))\b/;
const settle = () => setTimeout(() => import("./later.js"), SETTLED_MS);

if (document.readyState === "complete") settle();
else addEventListener("load", settle);

// To and from the pages of a purchase nothing moves; see docs/adr/0044.
addEventListener("pageswap", ({ viewTransition, activation }) => {
  // One that is given up is nobody's trouble.
  viewTransition?.ready.catch(() => {});
  const paths = [location.href, activation?.entry.url ?? "/c"].map((it) => new URL(it, location.href).pathname);
  if (paths.some((it) => MONEY.test(it))) viewTransition?.skipTransition();
});
