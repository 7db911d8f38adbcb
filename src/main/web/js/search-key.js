/** The "/" key: to the search field, or to the search page. Not while something is being typed. */
document.addEventListener("keydown", (event) => {
  const at = /** @type {Element} */ (event.target);
  const typing = at.matches("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  const field = /** @type {HTMLInputElement | null} */ (document.querySelector("search-box input"));
  if (field) field.select();
  else location.assign("/search");
});
