/**
 * <pay-form>: one tap is one order. While it is on its way the button keeps its width and says so;
 * a second tap does nothing. Holds one form.
 */
import { word } from "../words.js";

class PayForm extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    const label = button?.querySelector("span");
    const words = label?.textContent ?? "";
    this.addEventListener("submit", (event) => {
      if (!button || !label) return;
      if (button.ariaBusy === "true") event.preventDefault();
      button.style.minInlineSize = `${button.offsetWidth}px`;
      button.ariaBusy = "true";
      label.textContent = word("holding_units");
    });
    addEventListener("pageshow", () => {
      if (!button || !label) return;
      button.ariaBusy = "false";
      label.textContent = words;
    });
  }
}

customElements.define("pay-form", PayForm);
