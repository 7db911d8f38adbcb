/**
 * <drop-countdown data-until="ISO" data-label="words">: time left until an instant, by the server's
 * clock. With class "clock" it draws tiles, otherwise it writes HH:MM:SS into its <time>, after
 * data-prefix.
 * Sends "clock-over" (bubbles) once when the time has come.
 */
import { everySecond, serverNow } from "./heartbeat.js";
import { say, still } from "./page.js";
import { word } from "./words.js";

const WARM_MS = 600_000;
const HOT_MS = 60_000;
const DROP = [{ transform: "translateY(-5px)", opacity: 0.4 }, { transform: "none", opacity: 1 }];

/** @param {number} ms */
function parts(ms) {
  const all = Math.max(0, Math.ceil(ms / 1000));
  const two = (/** @type {number} */ it) => String(it).padStart(2, "0");
  return [two(Math.floor(all / 3600)), two(Math.floor(all / 60) % 60), two(all % 60)];
}

class DropCountdown extends HTMLElement {
  until = 0;
  connectedCallback() {
    this.until = new Date(this.dataset.until ?? "").getTime();
    this.time = this.querySelector("time");
    this.over = this.until <= serverNow();
    this.warned = this.until - serverNow() < HOT_MS;
    if (Number.isNaN(this.until) || !this.time) return;
    if (this.classList.contains("clock")) this.tiles();
    everySecond(this, (now) => this.show(this.until - now));
  }

  tiles() {
    const label = this.querySelector(".label");
    if (label && this.dataset.label) label.textContent = this.dataset.label;
    const gap = () => Object.assign(document.createElement("i"), { textContent: ":" });
    const [a, b, c] = (this.faces = [1, 2, 3].map(() => document.createElement("b")));
    this.time?.replaceChildren(a, gap(), b, gap(), c);
  }

  /** @param {number} left */
  show(left) {
    const shown = parts(left);
    if (this.faces) {
      this.faces.forEach((face, at) => this.turn(face, shown[at]));
      this.dataset.heat = left <= HOT_MS ? "hot" : left <= WARM_MS ? "warm" : "";
      if (left <= HOT_MS && left > 0 && !this.warned) {
        this.warned = true;
        say(word("refreshes_in_one_minute"));
      }
    } else if (this.time) {
      this.time.textContent = (this.dataset.prefix ?? "") + shown.join(":");
    }
    if (left <= 0 && !this.over) {
      this.over = true;
      this.dispatchEvent(new CustomEvent("clock-over", { bubbles: true }));
    }
  }

  /** @param {HTMLElement} face @param {string} digits */
  turn(face, digits) {
    if (face.textContent === digits) return;
    const first = face.textContent === "";
    face.textContent = digits;
    const hot = this.dataset.heat === "hot";
    if (hot && !first && !still()) face.animate(DROP, { duration: 320, easing: "ease-out" });
  }
}

customElements.define("drop-countdown", DropCountdown);
