// The second opinion on signatures: Stripe's own library for Node.
//   widen BASE          lets the shop hear of every event
//   listen BASE         an endpoint of its own, beside the shop: checks each signature that arrives
//                       until its standard input ends, then prints what it saw
//   sign SHOP           signs for the shop, with the secret in WHSEC and with a wrong one
import { createServer } from "node:http";
import Stripe from "stripe";

const SHOP_ENDPOINT = "we_1PracticeTillShop";
const KEY = "sk_test_examiner";
const [what, where] = process.argv.slice(2);

const client = () => {
  const { hostname, port } = new URL(where);
  return new Stripe(KEY, { host: hostname, port, protocol: "http", telemetry: false, maxNetworkRetries: 0 });
};

async function widen() {
  const endpoint = await client().webhookEndpoints.update(SHOP_ENDPOINT, { enabled_events: ["*"] });
  if (endpoint.enabled_events[0] !== "*") throw new Error("the endpoint was not widened");
}

async function listen() {
  const stripe = client();
  const seen = { verified: 0, refused: 0, types: {} };
  let secret = "";
  const server = createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      const raw = Buffer.concat(parts);
      try {
        const event = stripe.webhooks.constructEvent(raw, request.headers["stripe-signature"], secret);
        seen.verified += 1;
        seen.types[event.type] = (seen.types[event.type] ?? 0) + 1;
        response.writeHead(200).end();
      } catch {
        seen.refused += 1;
        response.writeHead(400).end();
      }
    });
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  const endpoint = await stripe.webhookEndpoints.create({
    url: `http://127.0.0.1:${server.address().port}/examiner`,
    enabled_events: ["*"],
  });
  secret = endpoint.secret;
  console.log("ready");
  for await (const _ of process.stdin);
  console.log(JSON.stringify(seen));
  process.exit(0);
}

async function sign() {
  const stripe = new Stripe(KEY);
  const event = (id) =>
    JSON.stringify({
      id,
      object: "event",
      api_version: "2026-10-28.endive",
      created: Math.floor(Date.now() / 1000),
      data: { object: { id: "cus_examiner", object: "customer" } },
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type: "customer.created",
    });
  const send = async (payload, secret, more = {}) => {
    const signature = stripe.webhooks.generateTestHeaderString({ payload, secret, ...more });
    const answer = await fetch(`${where}/webhooks/stripe`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "Stripe-Signature": signature },
      body: payload,
    });
    return answer.status;
  };
  const secret = process.env.WHSEC ?? "";
  const old = Math.floor(Date.now() / 1000) - 900;
  console.log(
    JSON.stringify({
      right: await send(event("evt_examiner_right"), secret),
      again: await send(event("evt_examiner_right"), secret),
      wrong: await send(event("evt_examiner_wrong"), "whsec_another"),
      old: await send(event("evt_examiner_old"), secret, { timestamp: old }),
    }),
  );
}

await { widen, listen, sign }[what]();
