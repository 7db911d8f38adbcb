/** The register of checks, and what runs them: a few at a time, each with a bound. */
import assert from "node:assert/strict";

const CHECK_MAX_MS = 120_000;
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
  const took = ((Date.now() - started) / 1000).toFixed(1).padStart(5);
  console.log(`${trouble ? "FAILED" : "ok    "} ${took} s  ${it.sentence}`);
  if (trouble) console.log(String(trouble.message ?? trouble).replace(/^/gm, "    "));
}

/** Runs `list` on `lanes` lanes, and a lane more for what waits; answers the ones that failed. */
export async function run(list, world, lanes) {
  const failed = [];
  const of = (when) => list.filter((it) => it.when === when);
  const lane = async (waiting) => {
    for (let it = waiting.shift(); it; it = waiting.shift()) await one(it, world, failed);
  };
  await lane(of("alone"));
  const waiting = of("");
  await Promise.all([lane(of("long")), ...Array.from({ length: lanes }, () => lane(waiting))]);
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
