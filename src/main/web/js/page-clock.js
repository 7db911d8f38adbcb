/**
 * <page-clock data-until="ISO">: how long a page can still be used. When the time is over, the page
 * is loaded anew and says so itself.
 */
import { everySecond, serverNow } from "./heartbeat.js";

class PageClock extends HTMLElement {
  connectedCallback() {
    const until = new Date(this.dataset.until ?? "").getTime();
    const shown = this.querySelector("b");
    if (Number.isNaN(until) || !shown || until <= serverNow()) return;
    everySecond(this, (now) => {
      const left = Math.max(0, Math.ceil((until - now) / 1000));
      const [hours, minutes, seconds] = [left / 3600, (left / 60) % 60, left % 60].map(Math.floor);
      const end = `${String(minutes).padStart(2, "0")}:${String(seconds).padStart(2, "0")}`;
      shown.textContent = hours > 0 ? `${hours}:${end}` : end;
      this.dataset.heat = left < 120 ? "hot" : "";
      if (left > 0) return;
      this.remove();
      location.reload();
    });
  }
}

customElements.define("page-clock", PageClock);
