/** What has become different since then, and the events that did it. */
import { get } from "../../api.js";
import { Empty, shown } from "../../components/states.js";
import { date, words } from "../../format.js";
import { useAnswer } from "../../queries.js";
import { h, tags } from "../../ui.js";

const { caption, div, h2, li, p, section, span, table, tbody, td, th, thead, tr, ul } = tags;

const MOST_CAUSES = 3;

/** A value of any form, as text. @param {unknown} value */
function said(value) {
  if (value === null || value === undefined) return "–";
  if (typeof value === "number") return Number.isInteger(value) ? String(value) : value.toFixed(3);
  if (typeof value === "object") return JSON.stringify(value);
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
      change.byTime && p({ class: "muted" }, change.byTime),
      causes.length > 0 && ul({ class: "causes" }, causes.slice(-MOST_CAUSES).map((cause) => li({ key: cause.position }, span({ class: "muted" }, date(cause.occurredAt)), " ", cause.summary))),
      causes.length > MOST_CAUSES && span({ class: "muted" }, `and ${causes.length - MOST_CAUSES} events before`)));
}

/** @param {{ path: string, from: number, to: number }} properties */
export function Changes({ path, from, to }) {
  const answer = useAnswer((signal) => (from >= to ? Promise.resolve({ changes: [] }) : get(`${path}/diff`, { from, to }, signal)), [path, from, to]);
  return section({ class: "card" },
    h2("What has changed since"),
    shown(answer,
      (diff) => div({ class: "table-frame", tabIndex: 0, role: "region", "aria-label": "What has changed" },
        table({ class: "plain" },
          caption(`Between version ${from} and version ${to}`),
          thead(tr(["What", "Then", "Now", "By"].map((text) => th({ key: text, scope: "col" }, text)))),
          tbody(diff.changes.map((change) => h(Change, { key: change.pointer, change }))))),
      { empty: (diff) => diff.changes.length === 0 && Empty({ title: "Nothing: that is all that is known.", hint: "Move “known at” to an earlier event." }) }));
}
