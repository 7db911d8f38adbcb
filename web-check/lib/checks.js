/** The register of checks, and what runs them: a few at a time, each with a bound. */
import assert from "node:assert/strict";

const CHECK_MAX_MS = 240_000;
const checks = [];

/**
 * Registers a check: a sentence, and a function of the world that throws when the sentence is false.
 * `fault` says how to make it false: `tamper` gets the browser context and spoils what it serves.
 * `when` is "alone" for what measures the processor, "long" for what mostly waits.
 */
export function check(sentence, run, fault, when = "") {
  checks.push({ sentence, run, fault, when });
}

export const all = () => checks;

function bounded(promise, sentence) {
  let timer;
  const late = new Promise((_, reject) => {
    const words = `not done after ${CHECK_MAX_MS} ms: ${sentence}`;
    timer = setTimeout(() => reject(new Error(words)), CHECK_MAX_MS);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

async function one(it, world, failed) {
  const started = Date.now();
  let trouble;
  try {
    await bounded(it.run(world), it.sentence);
  } catch (error) {
    trouble = error;
    failed.push(it);
  }
  await tidy(world);
  const took = ((Date.now() - started) / 1000).toFixed(1).padStart(5);
  console.log(`${trouble ? "FAILED" : "ok    "} ${took} s  ${it.sentence}`);
  if (trouble) console.log(String(trouble.message ?? trouble).replace(/^/gm, "    "));
}

/** A check that failed leaves its windows open, and what moves in them takes time from the others. */
const tidy = ({ browser }) => Promise.all(browser.contexts().map((it) => it.close()));

/**
 * Runs `list` on one lane less than there are browsers, which one keeps for what waits; answers the
 * ones that failed. A lane has a browser of its own.
 */
export async function run(list, world, browsers) {
  const failed = [];
  const of = (when) => list.filter((it) => it.when === when);
  const lane = async (waiting, browser) => {
    const own = { ...world, browser };
    for (let it = waiting.shift(); it; it = waiting.shift()) await one(it, own, failed);
  };
  const [spare, ...lanes] = browsers;
  await lane(of("alone"), spare);
  const waiting = of("");
  await Promise.all([lane(of("long"), spare), ...lanes.map((it) => lane(waiting, it))]);
  return failed;
}

/** Runs each check against its planted fault; answers those that did not notice it. */
export async function faults(list, world) {
  const blind = [];
  for (const it of list) {
    if (!it.fault) continue;
    let noticed = "";
    try {
      await bounded(it.run({ ...world, fault: it.fault }), it.sentence);
    } catch (error) {
      noticed = String(error.message ?? error).split("\n")[0];
    }
    await tidy(world);
    console.log(`${noticed ? "noticed" : "BLIND  "} ${it.sentence}${noticed ? `: ${noticed}` : ""}`);
    if (!noticed) blind.push(it);
  }
  return blind;
}

/** Fails with all of the findings, so that one run tells them all. */
export function none(what, findings) {
  assert.equal(findings.length, 0, `${what}:\n${findings.slice(0, 40).join("\n")}`);
}

/** A fault that rewrites the text of every answer whose path matches. */
export const rewriting = (path, change) => async (context) => {
  await context.route(path, async (route) => {
    const answer = await route.fetch();
    const body = change(await answer.text());
    await route.fulfill({ response: answer, body });
  });
};
