/** What a part of the screen asks the API, and what became of it. */
import { get } from "./api.js";
import { useCallback, useEffect, useRef, useState } from "./ui.js";

/**
 * @template T
 * @typedef {object} Answer
 * @property {T} [data] the last answer, which stays while a newer one is awaited
 * @property {Error} [problem]
 * @property {boolean} loading
 * @property {() => void} reload
 */

/**
 * Asks whenever what it depends on changes, and gives up asking what nobody waits for any more.
 * @template T
 * @param {(signal: AbortSignal) => Promise<T>} ask
 * @param {unknown[]} dependencies
 * @returns {Answer<T>}
 */
export function useAnswer(ask, dependencies) {
  const [answer, setAnswer] = useState({ loading: true });
  const [round, setRound] = useState(0);
  const asked = useRef("");
  const key = JSON.stringify(dependencies);
  useEffect(() => {
    const unwanted = new AbortController();
    const isOther = asked.current !== key;
    asked.current = key;
    setAnswer((before) => ({ ...before, problem: isOther ? undefined : before.problem, loading: true }));
    ask(unwanted.signal).then(
      (data) => !unwanted.signal.aborted && setAnswer({ data, loading: false }),
      (problem) => !unwanted.signal.aborted && setAnswer({ problem, loading: false }),
    );
    return () => unwanted.abort(new DOMException("Nobody waits for it", "AbortError"));
  }, [key, round]);
  const reload = useCallback(() => setRound((before) => before + 1), []);
  return { ...answer, reload };
}

/** One query of the API. @param {string} path @param {import("./api.js").Parameters} [parameters] */
export function useQuery(path, parameters) {
  return useAnswer((signal) => get(path, parameters, signal), [path, parameters]);
}

/** A value that is a moment old, so that not each stroke of a key is asked. @template T @param {T} value @param {number} [delay] milliseconds */
export function useSettled(value, delay = 250) {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), delay);
    return () => clearTimeout(timer);
  }, [value, delay]);
  return settled;
}

/** Calls again and again while the tab is looked at. @param {() => void} call @param {number} milliseconds */
export function useEvery(call, milliseconds) {
  const latest = useRef(call);
  latest.current = call;
  useEffect(() => {
    const timer = setInterval(() => document.hidden || latest.current(), milliseconds);
    return () => clearInterval(timer);
  }, [milliseconds]);
}
