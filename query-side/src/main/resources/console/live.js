/**
 * Events as they are recorded. EventSource can't sign in by a header, so the stream is read with fetch, and picked up again after the last
 * event that was seen.
 */
import { address, request } from "./api.js";
import { session } from "./session.js";
import { store } from "./store.js";
import { useEffect, useRef } from "./ui.js";

const FIRST_PAUSE = 1;
const LONGEST_PAUSE = 30;

/** @typedef {{ position: number, type: string, relationshipId?: string, summary: string, occurredAt: string, recordedAt: string, recordedBy: string }} LiveEvent */

/** Whether events come in: not wanted, now, or not at the moment. @type {ReturnType<typeof store<"off" | "live" | "waiting">>} */
export const liveness = store("off");

/** The newest event. @type {ReturnType<typeof store<LiveEvent | null>>} */
export const newest = store(null);

/** @param {string} block the lines of one server-sent event */
export function parsed(block) {
  const fields = { id: "", event: "", data: "" };
  for (const line of block.split("\n")) {
    const colon = line.indexOf(":");
    const name = line.slice(0, colon);
    if (colon > 0 && name in fields) fields[name] += (fields[name] && "\n") + line.slice(colon + 1).replace(/^ /, "");
  }
  return fields;
}

/**
 * Reads server-sent events until they end.
 * @param {Response} response
 * @param {(event: { id: string, event: string, data: string }) => void} tell
 */
export async function readEvents(response, tell) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let unread = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    const blocks = (unread + value.replaceAll("\r", "")).split("\n\n");
    unread = blocks.pop() ?? "";
    blocks.map(parsed).filter((event) => event.data).forEach(tell);
  }
}

/** Follows the log until told to stop. @returns {() => void} stops */
export function followLog() {
  if (!session.may("followEvents")) return () => {};
  const stopped = new AbortController();
  let last = "";
  let wait = FIRST_PAUSE;

  async function once() {
    const headers = { Accept: "text/event-stream", ...(last && { "Last-Event-ID": last }) };
    const response = await request(address("/stream", { from: "latest" }), { headers, signal: stopped.signal });
    liveness.set("live");
    wait = FIRST_PAUSE;
    await readEvents(response, (event) => {
      last = event.id;
      newest.set(JSON.parse(event.data));
    });
  }

  async function onAndOn() {
    while (!stopped.signal.aborted) {
      try {
        await once();
      } catch (failure) {
        // a stream that breaks is no news for the reader but that it is not live
        if (failure.status === 400) last = "";
      }
      if (stopped.signal.aborted || !session.authorization()) break;
      liveness.set("waiting");
      await new Promise((resolve) => setTimeout(resolve, wait * 1000 * (0.5 + Math.random() / 2)));
      wait = Math.min(wait * 2, LONGEST_PAUSE);
    }
    liveness.set("off");
  }

  onAndOn();
  return () => stopped.abort();
}

/** Calls back for each new event that a part of the screen cares for. @param {(event: LiveEvent) => void} tell */
export function useLive(tell) {
  const latest = useRef(tell);
  latest.current = tell;
  useEffect(() => newest.follow((event) => event && latest.current(event)), []);
}

/** How long the read models may take to see what the stream has told already; many events at once are one piece of news. */
const SETTLED = 300;

/**
 * Calls back when there is news, once for many events.
 * @param {() => void} reload
 * @param {(event: LiveEvent) => boolean} [isAbout] left out, all are
 */
export function useNews(reload, isAbout = () => true) {
  const timer = useRef(0);
  const latest = useRef(reload);
  latest.current = reload;
  useLive((event) => {
    if (timer.current || !isAbout(event)) return;
    timer.current = setTimeout(() => {
      timer.current = 0;
      latest.current();
    }, SETTLED);
  });
  useEffect(() => () => clearTimeout(timer.current), []);
}
