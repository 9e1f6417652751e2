/** What is shown in place of content: that it is on its way, that there is none, that it could not be had. */
import { count } from "../format.js";
import { tags } from "../ui.js";

const { button, div, p, span, strong } = tags;

/** @param {{ what?: string, lines?: number }} properties */
export const Loading = ({ what = "Loading", lines = 3 }) =>
  div({ class: "loading", role: "status" },
    span({ class: "visually-hidden" }, `${what}…`),
    Array.from({ length: lines }, (_, line) => span({ class: "loading-line", key: line, "aria-hidden": "true" })));

/** @param {{ title: string, hint?: unknown }} properties */
export const Empty = ({ title, hint }) =>
  div({ class: "empty" }, strong(title), hint && p(hint));

/** @param {{ problem: Error & { title?: string }, retry?: () => void }} properties */
export const Failed = ({ problem, retry }) =>
  div({ class: "failed", role: "alert" },
    strong(problem.title ?? "Something went wrong"),
    p(problem.message),
    retry && button({ class: "button", type: "button", onClick: retry }, "Try again"));

/** That a list goes on where the page ends. @param {{ items: unknown[], more: boolean }} list @param {string} what @param {string} [hint] */
export const cut = ({ items, more }, what, hint) =>
  more && p({ class: "notice", role: "status" }, `Only the first ${count(items.length, what)} are here; there are more.`, hint && ` ${hint}`);

/**
 * Content, or what stands in for it.
 * @template T
 * @param {import("../queries.js").Answer<T>} answer
 * @param {(data: T) => any} draw
 * @param {{ lines?: number, empty?: (data: T) => any }} [options]
 */
export function shown(answer, draw, { lines = 3, empty } = {}) {
  if (answer.problem) return Failed({ problem: answer.problem, retry: answer.reload });
  if (answer.data === undefined) return Loading({ lines });
  return empty?.(answer.data) || draw(answer.data);
}
