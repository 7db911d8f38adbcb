/** A picture that cannot be had gives way to the first letter of its product. */

/** @param {EventTarget | null} it */
function replace(it) {
  if (!(it instanceof HTMLImageElement)) return;
  const name = it.closest("article, .item")?.querySelector("h1, h2, h3")?.textContent ?? "";
  const letter = Object.assign(document.createElement("span"), { className: "initial" });
  letter.textContent = name.trim().slice(0, 1);
  letter.ariaHidden = "true";
  it.closest("picture")?.replaceWith(letter);
}

for (const it of document.images) if (it.complete && it.naturalWidth === 0) replace(it);
document.addEventListener("error", (event) => replace(event.target), true);
