/**
 * <what-if>: while its sliders move, fetches what would come of it and puts it in place. The server
 * reckons; without script the form's button does the same.
 */
class WhatIf extends HTMLElement {
  wait = 0;
  asked = 0;

  connectedCallback() {
    this.addEventListener("input", (event) => {
      const slider = event.target;
      if (!(slider instanceof HTMLInputElement)) return;
      const shown = slider.parentElement?.querySelector("b");
      if (shown) shown.textContent = slider.value;
      clearTimeout(this.wait);
      this.wait = setTimeout(() => this.reckon(), 150);
    });
  }

  async reckon() {
    const form = this.querySelector("form");
    const place = this.querySelector("[data-tried]");
    if (!form || !place) return;
    const turn = ++this.asked;
    const values = new URLSearchParams();
    for (const input of form.querySelectorAll("input")) values.set(input.name, input.value);
    const answer = await fetch(`${this.dataset.from}?${values}`).catch(() => undefined);
    // A slow answer never overwrites a newer one.
    if (turn !== this.asked || !answer?.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const tried = page.querySelector("[data-tried]");
    if (tried && turn === this.asked) place.replaceWith(document.adoptNode(tried));
  }
}

customElements.define("what-if", WhatIf);
