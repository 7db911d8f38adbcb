/** The texts themselves: markup of every screen, and the style sheets. */
import { HtmlValidate } from "html-validate";
import stylelint from "stylelint";
import { readFileSync } from "node:fs";
import { ask } from "../lib/shop.js";
import { all, check, none } from "../lib/checks.js";
import { SCREENS } from "../screens.js";

const HERE = new URL("..", import.meta.url).pathname;
const rules = JSON.parse(readFileSync(`${HERE}htmlvalidate.json`, "utf8"));

check(
  "markup is valid on every screen",
  async (world) => {
    const validator = new HtmlValidate(rules);
    const found = [];
    const change = world.fault?.text ?? ((it) => it);
    for (const screen of SCREENS) {
      const shop = world.shops[screen.shop ?? "full"];
      const Cookie = (screen.cookie?.(world) ?? []).join("; ");
      const path = screen.path(world);
      const answer = await ask(shop.url(path), { headers: { Cookie, Accept: "text/html" } });
      const report = await validator.validateString(change(answer.text()), path);
      for (const it of report.results.flatMap((result) => result.messages)) {
        found.push(`${screen.name}: ${it.ruleId} ${it.message} at ${it.selector}`);
      }
    }
    none("invalid markup", found);
  },
  { text: (it) => it.replace("<main", "<main><p><div></div></p></main><main") },
);

check(
  "style sheets keep the rules of stylelint",
  async (world) => {
    const { results } = await stylelint.lint({
      files: `${HERE}../src/main/web/css/*.css`,
      configFile: `${HERE}stylelint.json`,
      configBasedir: HERE,
      ...(world.fault && { files: undefined, code: ".a { color: #fff !important; }" }),
    });
    none(
      "style sheets",
      results.flatMap(({ source, warnings }) =>
        warnings.map((it) => `${source?.replace(/.*\//, "")}:${it.line} ${it.text}`),
      ),
    );
  },
  { code: true },
);

check(
  "docs/accessibility.md names only checks that there are",
  async (world) => {
    const rows = readFileSync(`${HERE}../docs/accessibility.md`, "utf8").split("\n");
    const named = rows
      .concat(world.fault?.more ?? [])
      .filter((it) => it.startsWith("| ") && !it.startsWith("| promise") && !it.startsWith("| ---"))
      .map((it) => [...it.split("|").at(-2).matchAll(/`([^`]+)`/g)].map(([, words]) => words));
    const sentences = all().map((it) => it.sentence);
    const found = named.flat().filter((words) => !sentences.some((it) => it.includes(words)));
    const bare = named.filter((it) => it.length === 0).length;
    if (bare > 0) found.push(`${bare} promises without a check`);
    none("no such check", found);
  },
  { more: ["| a promise | a way | `a check that nobody wrote` |"] },
);
