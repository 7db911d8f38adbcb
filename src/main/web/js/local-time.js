/**
 * <local-time data-as="clock|moment">: the time inside it in the reader's own zone and language; the
 * server wrote it in UTC, which stays as its title.
 */
const language = document.documentElement.lang;
const CLOCK = /** @type {const} */ ({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const DAY = /** @type {const} */ ({ day: "numeric", month: "short", year: "numeric" });
const forms = new Map([
  ["clock", new Intl.DateTimeFormat(language, CLOCK)],
  ["moment", new Intl.DateTimeFormat(language, { ...DAY, ...CLOCK })],
]);

class LocalTime extends HTMLElement {
  connectedCallback() {
    const time = this.querySelector("time");
    const at = new Date(time?.dateTime ?? "");
    if (!time || time.title || Number.isNaN(at.getTime())) return;
    time.title = time.textContent ?? "";
    time.textContent = forms.get(this.dataset.as ?? "")?.format(at) ?? time.title;
  }
}

customElements.define("local-time", LocalTime);
