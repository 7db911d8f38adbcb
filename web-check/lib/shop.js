/** The packaged shop as processes of their own: free loopback ports, throw-away data folders. */
import { spawn } from "node:child_process";
import { mkdirSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { request } from "node:http";
import { join } from "node:path";

const START_MAX_MS = 300_000;
const END_MAX_MS = 15_000;
const GLANCE_MS = 100;
const ROOT = new URL("../..", import.meta.url).pathname;
const WORK = join(ROOT, "target/check-pages");

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Waits until `ask` answers something true, and answers that. */
export async function until(what, ask, max = 60_000) {
  const end = Date.now() + max;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited ${max} ms for ${what}`);
    await pause(GLANCE_MS);
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Whatever ends this process ends its shops too. */
const running = new Set();
process.on("exit", () => running.forEach((it) => it.kill("SIGTERM")));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

/** Opens a shop; `settings` are URGENCY_* variables. The command comes from bin/check-pages. */
export async function openShop(name, settings = {}) {
  const [port, management] = [await freePort(), await freePort()];
  const folder = join(WORK, `${name}-${port}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const log = join(folder, "log");
  const base = `http://127.0.0.1:${port}`;
  const clean = Object.entries(process.env).filter(([key]) => !key.startsWith("URGENCY_"));
  const env = {
    ...Object.fromEntries(clean),
    URGENCY_HTTP_PORT: String(port),
    URGENCY_MANAGEMENT_PORT: String(management),
    URGENCY_SITE_URL: base,
    URGENCY_DATA_FOLDER: join(folder, "data"),
    URGENCY_HTTP_WRITES_PER_MINUTE: "1000000",
    ...settings,
  };
  const [program, ...words] = JSON.parse(process.env.SHOP_COMMAND ?? "[]");
  const out = openSync(log, "w");
  const child = spawn(program, words, { cwd: ROOT, env, stdio: ["ignore", out, out] });
  const said = () => readFileSync(log, "utf8");
  running.add(child);
  let over = false;
  const ended = new Promise((resolve) => child.once("exit", () => resolve((over = true))));
  await until(
    `the shop ${name} to open`,
    () => {
      if (over) throw new Error(`the shop ${name} ended:\n${said()}`);
      return said().includes("is open at");
    },
    START_MAX_MS,
  );
  const close = async () => {
    child.kill("SIGTERM");
    await Promise.race([ended, pause(END_MAX_MS)]);
    if (!over) child.kill("SIGKILL");
    running.delete(child);
    rmSync(folder, { recursive: true, force: true });
  };
  return { name, base, log: said, close, url: (path) => base + path };
}

/** One request as bytes: no redirect is followed, nothing is unpacked. */
export function ask(url, { method = "GET", headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method, headers, agent: false }, (answer) => {
      const parts = [];
      answer.on("data", (part) => parts.push(part));
      answer.on("end", () => {
        const bytes = Buffer.concat(parts);
        const { statusCode: status, headers } = answer;
        resolve({ status, headers, bytes, text: () => bytes.toString("utf8") });
      });
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

export const json = async (shop, path) => JSON.parse((await ask(shop.url(path))).text());

/** Posts a form, with a cookie where one is given. */
export function form(shop, path, fields, cookie = "") {
  const headers = { "Content-Type": "application/x-www-form-urlencoded" };
  if (cookie) headers.Cookie = cookie;
  const body = new URLSearchParams(fields).toString();
  return ask(shop.url(path), { method: "POST", headers, body });
}

/** The cookie that an answer sets, as the next request sends it. */
export const cookieOf = (answer) => (answer.headers["set-cookie"]?.[0] ?? "").split(";")[0];
