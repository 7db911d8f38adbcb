/**
 * <row-keys>: j and k go down and up the rows of the table inside, Enter opens what a row names.
 * Without script the links of the rows are there all the same.
 */
class RowKeys extends HTMLElement {
  connectedCallback() {
    this.onkey = (/** @type {KeyboardEvent} */ event) => this.key(event);
    document.addEventListener("keydown", this.onkey);
  }

  disconnectedCallback() {
    if (this.onkey) document.removeEventListener("keydown", this.onkey);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const at = /** @type {HTMLElement} */ (event.target);
    const busy = event.ctrlKey || event.metaKey || event.altKey || at.closest("input, select, textarea");
    if (busy || (event.key !== "j" && event.key !== "k")) return;
    const rows = [...this.querySelectorAll("tbody tr")];
    const now = rows.findIndex((row) => row.contains(document.activeElement));
    const next = Math.min(rows.length - 1, Math.max(0, now + (event.key === "j" ? 1 : -1)));
    const target = rows[next]?.querySelector("a");
    const name = rows[next]?.querySelector("[data-row]");
    const focus = /** @type {HTMLElement | null | undefined} */ (target ?? name);
    focus?.focus({ preventScroll: true });
    focus?.scrollIntoView({ block: "nearest" });
    event.preventDefault();
  }
}

customElements.define("row-keys", RowKeys);
