/**
 * However wild a flick, the feed moves one card. The browser draws it ahead of a quick finger, where it
 * guesses it to be; the next card from there may be the one after next. So only the cards beside the
 * present one hold while a finger leads.
 */
const HOLDS = ".hero, .card, .foot";
const phone = matchMedia("(width < 48rem)");

/** @param {HTMLElement | null} feed */
export function oneByOne(feed) {
  let from = 0;
  const release = () => {
    for (const it of feed?.querySelectorAll("[data-far]") ?? []) it.removeAttribute("data-far");
  };
  const lead = () => {
    if (!phone.matches || !feed) return;
    from = feed.scrollTop;
    for (const it of feed.querySelectorAll(HOLDS)) {
      it.toggleAttribute("data-far", Math.abs(it.getBoundingClientRect().top) > 1.5 * feed.clientHeight);
    }
  };
  // A finger that moved nothing: no end of a scroll follows.
  const rest = () => {
    if (feed?.scrollTop === from) release();
  };
  feed?.addEventListener("touchstart", lead, { passive: true });
  for (const kind of ["touchend", "touchcancel"]) feed?.addEventListener(kind, rest);
  feed?.addEventListener("scrollend", release);
}
