/**
 * <search-box>: finds while one types. Holds the form of the search page and its #results; asks the
 * server for the same page a moment after the last key and takes the results out of it. The address
 * follows, so that a reload and a shared link show the same.
 */
import { say } from "../page.js";

const PAUSE_MS = 150;

class SearchBox extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.field = this.querySelector("input");
    this.addEventListener("input", () => {
      clearTimeout(this.soon);
      this.soon = setTimeout(() => this.find(), PAUSE_MS);
    });
    this.form?.addEventListener("submit", (event) => {
      event.preventDefault();
      this.find();
      this.field?.blur();
    });
    this.field?.setSelectionRange(this.field.value.length, this.field.value.length);
    // Typed before this script was there: on a slow line the first letters come sooner.
    if (this.field && this.field.value !== this.field.defaultValue) this.find();
  }

  disconnectedCallback() {
    clearTimeout(this.soon);
    this.asked?.abort();
  }

  address() {
    const wish = new URLSearchParams();
    for (const [name, value] of new FormData(this.form ?? undefined)) if (value) wish.set(name, String(value));
    return `/search${wish.size > 0 ? `?${wish}` : ""}`;
  }

  async find() {
    clearTimeout(this.soon);
    this.asked?.abort();
    this.asked = new AbortController();
    const address = this.address();
    const { signal } = this.asked;
    const answer = await fetch(address, { signal }).catch(() => undefined);
    if (!answer?.ok || signal.aborted) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("results");
    const old = this.querySelector("#results");
    if (!fresh || !old || signal.aborted) return;
    fresh.querySelector("details")?.toggleAttribute("open", old.querySelector("details")?.open ?? false);
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const name = focused?.getAttribute("name");
    old.replaceWith(document.adoptNode(fresh));
    const again = [...fresh.querySelectorAll("input")].find(
      (it) => it.name === name && (it.type === "text" || it.value === focused?.getAttribute("value")),
    );
    again?.focus();
    document.title = page.title;
    history.replaceState(history.state, "", address);
    say(fresh.querySelector(".outcome")?.textContent ?? "");
  }
}

customElements.define("search-box", SearchBox);
