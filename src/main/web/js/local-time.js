/**
 * <local-time data-as="clock|moment">: the time inside it in the reader's own zone and language; the
 * server wrote it in UTC, which stays as its title.
 */
const DAY = /** @type {const} */ ({ day: "numeric", month: "short", year: "numeric" });

/**
 * Without Intl, which takes longer to wake than all other scripts of a page together.
 * @param {Date} at
 */
const clock = (at) => [at.getHours(), at.getMinutes()].map((it) => String(it).padStart(2, "0")).join(":");

/** @param {Date} at */
const moment = (at) => `${at.toLocaleDateString(document.documentElement.lang, DAY)}, ${clock(at)}`;

class LocalTime extends HTMLElement {
  connectedCallback() {
    const time = this.querySelector("time");
    const at = new Date(time?.dateTime ?? "");
    if (!time || time.title || Number.isNaN(at.getTime())) return;
    time.title = time.textContent ?? "";
    time.textContent = this.dataset.as === "clock" ? clock(at) : moment(at);
  }
}

customElements.define("local-time", LocalTime);
