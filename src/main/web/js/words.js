/**
 * What scripts say, in the language of the page. The sentences are in the page itself, as JSON in
 * #words: no module has words of its own.
 */
const language = document.documentElement.lang;
// Made when first wanted: a page that counts nothing does not pay for them.
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
  plurals ??= new Intl.PluralRules(language);
  return plurals.select(Number(values.find((it) => typeof it === "number") ?? 0));
}

/** @param {string | number | undefined} value */
function shown(value) {
  if (typeof value !== "number") return value ?? "";
  numbers ??= new Intl.NumberFormat(language);
  return numbers.format(value);
}
