/**
 * What scripts say, in the language of the page. The sentences are in the page itself, as JSON in
 * #words: no module has words of its own.
 */
const language = document.documentElement.lang;
// To wake Intl costs more than all other scripts of a page together. Below a thousand each of our
// languages writes the bare digits and says "one" beside 1 only (see Plural on the server).
const PLAIN = 1000;

/** @type {Intl.NumberFormat | undefined} */
let numbers;
/** @type {Intl.PluralRules | undefined} */
let plurals;

/** @type {Record<string, string | Record<string, string>>} */
const sentences = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

/**
 * A sentence with its places filled; the first number chooses the form of a counted one.
 * @param {string} key
 * @param {...(string | number)} values
 */
export function word(key, ...values) {
  const found = sentences[key] ?? "";
  const text = typeof found === "string" ? found : (found[form(values)] ?? found.other);
  return text.replace(/\{(\d)\}/g, (_, at) => shown(values[at]));
}

/** @param {(string | number)[]} values */
function form(values) {
  const count = Number(values.find((it) => typeof it === "number") ?? 0);
  if (count < PLAIN) return count === 1 ? "one" : "other";
  plurals ??= new Intl.PluralRules(language);
  return plurals.select(count);
}

/** @param {string | number | undefined} value */
function shown(value) {
  if (typeof value !== "number" || value < PLAIN) return String(value ?? "");
  numbers ??= new Intl.NumberFormat(language);
  return numbers.format(value);
}
