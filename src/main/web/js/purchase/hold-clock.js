/**
 * <hold-clock data-until="ISO">: how long units are still held, in minutes and seconds by the
 * server's clock. Amber in the last two minutes; said aloud at 5:00, 2:00 and 0:30.
 */
import { everySecond, serverNow } from "../heartbeat.js";
import { say } from "../page.js";
import { word } from "../words.js";

/** @type {[number, string, number][]} */
const SAID_AT = [[300, "minutes", 5], [120, "minutes", 2], [30, "seconds", 30]];

class HoldClock extends HTMLElement {
  connectedCallback() {
    const until = new Date(this.dataset.until ?? "").getTime();
    const time = this.querySelector("time");
    const label = this.querySelector(".label");
    if (Number.isNaN(until) || !time) return;
    if (label) label.textContent = word("held_for_you");
    const [minutes, seconds] = [1, 2].map(() => document.createElement("b"));
    const gap = Object.assign(document.createElement("i"), { textContent: ":" });
    time.replaceChildren(minutes, gap, seconds);
    let before = Math.ceil((until - serverNow()) / 1000);
    everySecond(this, (now) => {
      const left = Math.max(0, Math.ceil((until - now) / 1000));
      minutes.textContent = String(Math.floor(left / 60)).padStart(2, "0");
      seconds.textContent = String(left % 60).padStart(2, "0");
      this.dataset.heat = left < 120 ? "hot" : "";
      for (const [at, unit, count] of SAID_AT) {
        if (before > at && left <= at) say(word("held_for_another", word(unit, count)));
      }
      before = left;
    });
  }
}

customElements.define("hold-clock", HoldClock);
