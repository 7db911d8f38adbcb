/**
 * <preview-clip data-clips="a b c">: a silent loop over the poster while its card is being looked
 * at. Hears "card-active" and "motion-changed". Nothing is fetched before, and
 * nothing at all on a slow line, when data is to be saved, or when motion is paused.
 */
import { hear, still } from "./page.js";

/** @type {[RegExp, string][]} */
const TYPES = [
  [/av1.*\.mp4$/, 'video/mp4; codecs="av01.0.05M.08"'],
  [/\.webm$/, 'video/webm; codecs="vp9"'],
  [/\.mp4$/, "video/mp4"],
];
const line = /** @type {any} */ (navigator).connection;
const sparing = () =>
  line?.saveData || /2g/.test(line?.effectiveType ?? "") ||
  matchMedia("(prefers-reduced-data: reduce)").matches;

class PreviewClip extends HTMLElement {
  /** @type {HTMLVideoElement | undefined} */
  video = undefined;
  on = false;

  connectedCallback() {
    const card = /** @type {HTMLElement | null} */ (this.closest("[data-product]"));
    this.product = card?.dataset.product ?? "";
    const settle = () => (this.on && !document.hidden && !still() ? this.play() : this.pause());
    hear(this, "card-active", (product) => {
      this.on = product === this.product;
      settle();
    });
    hear(this, "motion-changed", settle);
    hear(this, "visibilitychange", settle);
  }

  play() {
    if (sparing()) return;
    this.video ??= this.make();
    this.video.play().then(
      () => this.on && (this.className = "plays"),
      () => {},
    );
  }

  pause() {
    this.video?.pause();
    this.className = "";
  }

  make() {
    const video = document.createElement("video");
    Object.assign(video, { muted: true, loop: true, playsInline: true, preload: "none" });
    Object.assign(video, { disablePictureInPicture: true, tabIndex: -1 });
    video.setAttribute("aria-hidden", "true");
    for (const src of (this.dataset.clips ?? "").split(" ")) {
      const type = TYPES.find(([name]) => name.test(src))?.[1] ?? "";
      video.append(Object.assign(document.createElement("source"), { src, type }));
    }
    this.append(video);
    return video;
  }
}

customElements.define("preview-clip", PreviewClip);
