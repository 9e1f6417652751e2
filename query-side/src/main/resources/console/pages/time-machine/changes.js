/** What has become different since then, and the events that did it. */
import { get } from "../../api.js";
import { Empty, shown } from "../../components/states.js";
import { count, date, words } from "../../format.js";
import { useAnswer } from "../../queries.js";
import { Fragment, h, tags } from "../../ui.js";

const { caption, details, div, h2, li, p, section, span, summary, table, tbody, td, th, thead, tr, ul } = tags;

const MOST_CAUSES = 2;

/** What follows from the other changes, or from the clock; it is told after them. */
const MINOR = /^\/(version|practice\/|trust\/(asOf|policy)|trust\/in\w+\/(uncertainty|low|high)|counts\/(?!commitments)|nextDueCommitment\/(id|madeBy|overdue))/;

/** A value of any form, as text. @param {unknown} value */
function said(value) {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : value.toFixed(3);
  if (typeof value === "object") return JSON.stringify(value);
  if (/^\d{4}-\d\d-\d\dT/.test(String(value))) return date(String(value));
  return /^[A-Z_]+$/.test(String(value)) ? words(String(value)) : String(value);
}

const fieldOf = (pointer) => pointer.split("/").filter(Boolean).map((part) => words(part).toLowerCase()).join(" › ");

function Change({ change }) {
  const causes = change.events ?? [];
  return tr(
    th({ scope: "row" }, fieldOf(change.pointer)),
    td({ class: "before" }, said(change.before)),
    td({ class: "after" }, said(change.after)),
    td(
      change.byTime && causes.length === 0 && p({ class: "muted" }, "Time alone: evidence fades, windows move on."),
      causes.length > 0 && ul({ class: "causes" }, causes.slice(-MOST_CAUSES).map((cause) => li({ key: cause.position }, span({ class: "muted" }, date(cause.occurredAt)), " ", cause.summary))),
      causes.length > MOST_CAUSES && span({ class: "muted" }, `and ${count(causes.length - MOST_CAUSES, "event")} before`)));
}

/** @param {{ changes: any[], title: string }} properties */
const Changed = ({ changes, title }) =>
  div({ class: "table-frame", tabIndex: 0, role: "region", "aria-label": title },
    table({ class: "plain" },
      caption(title),
      thead(tr(["What", "Then", "Now", "By"].map((text) => th({ key: text, scope: "col" }, text)))),
      tbody(changes.map((change) => h(Change, { key: change.pointer, change })))));

/** Rank before file: levels and trust, then what else there is. */
const rank = ({ pointer }) => ["Level", "trust/", "status", "counts/"].findIndex((part) => pointer.includes(part)) + 1 || 9;

function Drawn({ changes, from, to }) {
  const major = changes.filter((change) => !MINOR.test(change.pointer)).toSorted((one, other) => rank(one) - rank(other));
  const minor = changes.filter((change) => MINOR.test(change.pointer));
  return h(Fragment, null,
    major.length > 0 && h(Changed, { changes: major, title: `Between version ${from} and version ${to}` }),
    minor.length > 0 && details(summary(`${count(minor.length, "more figure")} that follow`), h(Changed, { changes: minor, title: "What follows from it" })));
}

/** @param {{ path: string, from: number, to: number }} properties */
export function Changes({ path, from, to }) {
  const answer = useAnswer((signal) => (from >= to ? Promise.resolve({ changes: [] }) : get(`${path}/diff`, { from, to }, signal)), [path, from, to]);
  return section({ class: "card" },
    h2("What has changed since"),
    shown(answer,
      (diff) => h(Drawn, { changes: diff.changes, from, to }),
      { empty: (diff) => diff.changes.length === 0 && Empty({ title: "Nothing: that is all that is known.", hint: "Move “known at” to an earlier event." }) }));
}
