/**
 * What scripts say, in the language of the page. The sentences are in the page itself, as JSON in
 * #words: no module has words of its own.
 */
const language = document.documentElement.lang;
const numbers = new Intl.NumberFormat(language);
const plurals = new Intl.PluralRules(language);

/** @type {Record<string, string | Record<string, string>>} */
const sentences = JSON.parse(document.getElementById("words")?.textContent ?? "{}");

/**
 * A sentence with its places filled; the first number chooses the form of a counted one.
 * @param {string} key
 * @param {...(string | number)} values
 */
export function word(key, ...values) {
  const found = sentences[key] ?? "";
  const count = values.find((it) => typeof it === "number");
  const form = plurals.select(Number(count ?? 0));
  const text = typeof found === "string" ? found : (found[form] ?? found.other);
  return text.replace(/\{(\d)\}/g, (_, at) => shown(values[at]));
}

/** @param {string | number | undefined} value */
const shown = (value) => (typeof value === "number" ? numbers.format(value) : (value ?? ""));
