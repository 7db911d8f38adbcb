/**
 * <fuse-line data-opens data-closes>: how much of the edition is left, as a burning line. Set once a
 * second; the compositor moves it, where that is far enough to be seen. Says nothing to a screen reader: the clock does.
 */
import { everySecond } from "./heartbeat.js";

class FuseLine extends HTMLElement {
  connectedCallback() {
    const opens = new Date(this.dataset.opens ?? "").getTime();
    const closes = new Date(this.dataset.closes ?? "").getTime();
    const burn = Object.assign(document.createElement("i"), { className: "burn" });
    const spark = Object.assign(document.createElement("i"), { className: "spark" });
    this.replaceChildren(burn, spark);
    // A step of less than a pixel needs no motion, which would draw the page again all the time.
    const far = (screen.width * 1000) / (closes - opens) >= 1;
    everySecond(this, (now) => {
      const left = Math.min(1, Math.max(0, (closes - now) / (closes - opens)));
      burn.style.transform = `scaleX(${left})`;
      // In parts of itself: to ask for the width of the page would lay all of it out first.
      spark.style.transform = `translateX(${left * 100}%)`;
      spark.hidden = left === 0;
      if (far) requestAnimationFrame(() => (this.dataset.lit = ""));
    });
  }
}

customElements.define("fuse-line", FuseLine);
