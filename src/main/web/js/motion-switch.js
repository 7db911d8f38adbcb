/**
 * <motion-switch>: pauses everything that moves by itself, and remembers it. Holds one button.
 * Sends "motion-changed" on the document.
 */
const KEY = "motion";
const root = document.documentElement;

class MotionSwitch extends HTMLElement {
  connectedCallback() {
    this.button = this.querySelector("button");
    this.icon = this.querySelector("use");
    if (this.button) this.button.onclick = () => this.set(root.dataset.motion !== "paused");
    const asked = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const paused = (localStorage.getItem(KEY) ?? (asked ? "paused" : "")) === "paused" || "calm" in root.dataset;
    if (paused) this.set(true, true);
  }

  /** @param {boolean} paused @param {boolean} [first] */
  set(paused, first = false) {
    if (paused) root.dataset.motion = "paused";
    else delete root.dataset.motion;
    this.button?.setAttribute("aria-pressed", String(paused));
    const address = this.icon?.getAttribute("href")?.replace(/#.*/, paused ? "#play" : "#pause");
    if (address) this.icon?.setAttribute("href", address);
    if (first) return;
    localStorage.setItem(KEY, paused ? "paused" : "moving");
    document.dispatchEvent(new CustomEvent("motion-changed"));
  }
}

customElements.define("motion-switch", MotionSwitch);
