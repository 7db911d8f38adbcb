/**
 * Asks for the numbers now and then, where no line to the server can be held: a proxy that swallows
 * streams, or a full house. Rests while the page is hidden.
 */
const EVERY_MS = 10_000;
const FIRST_MS = 2000;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @param {(frame: any) => void} tell */
export function startPolling(tell) {
  if (timer !== undefined) return;
  const ask = async () => {
    if (!document.hidden) {
      const answer = await fetch("/api/live").catch(() => undefined);
      const frame = answer?.ok ? await answer.json().catch(() => undefined) : undefined;
      if (frame && timer !== undefined) tell(frame);
    }
    if (timer !== undefined) timer = setTimeout(ask, EVERY_MS * (0.75 + Math.random() / 2));
  };
  timer = setTimeout(ask, Math.random() * FIRST_MS);
}

export function stopPolling() {
  clearTimeout(timer);
  timer = undefined;
}
