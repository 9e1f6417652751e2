/** Promises of both parties, and how they end. */
import { getAll } from "../../api.js";
import { CommandForm } from "../../components/form.js";
import { Dialog } from "../../components/dialog.js";
import { Choice, Toggle } from "../../components/fields.js";
import { Tag } from "../../components/signs.js";
import { Empty, cut, shown } from "../../components/states.js";
import { date, words } from "../../format.js";
import { useAnswer } from "../../queries.js";
import { session } from "../../session.js";
import { h, Fragment, tags, useState } from "../../ui.js";

const { button, div, li, p, section, span, ul, h2 } = tags;

/** How a commitment ends, or goes on. */
const ENDINGS = [
  { text: "Kept", operation: "fulfilCommitment", path: "fulfilments", title: "The promise was kept", action: "Record as kept",
    fields: [{ name: "note", label: "Note", type: "textarea" }] },
  { text: "Broken", operation: "breakCommitment", path: "breaches", title: "The promise was broken", action: "Record as broken", danger: true,
    fields: [{ name: "reason", label: "What happened", type: "textarea", required: true }] },
  { text: "Renegotiate", operation: "renegotiateCommitment", path: "renegotiations", title: "Agree on another day", action: "Renegotiate",
    fields: [{ name: "dueOn", label: "New due date", type: "date", required: true }, { name: "reason", label: "Reason", type: "textarea", required: true },
      { name: "statement", label: "What is promised now", type: "textarea", hint: "Left empty, the promise stays as it was." }] },
  { text: "Release", operation: "releaseCommitment", path: "releases", title: "Let them off the promise", action: "Release",
    fields: [{ name: "reason", label: "Reason", type: "textarea", required: true }] },
];

/** @param {any} commitment @returns {["good" | "bad" | "warn" | "plain", string]} */
function standingOf(commitment) {
  if (commitment.dispute && !commitment.dispute.settledAt) return ["warn", "in dispute"];
  if (commitment.state === "KEPT") return commitment.late ? ["warn", "kept late"] : ["good", "kept"];
  if (commitment.state === "BROKEN") return ["bad", "broken"];
  if (commitment.overdue) return ["bad", "overdue"];
  return ["plain", words(commitment.state).toLowerCase()];
}

function Commitment({ commitment, end }) {
  const [tone, text] = standingOf(commitment);
  return li({ class: "commitment" },
    div({ class: "commitment-head" }, h(Tag, { tone }, text), span({ class: "muted" }, `due ${date(commitment.dueOn)}`),
      commitment.renegotiations > 0 && span({ class: "muted" }, `moved ${commitment.renegotiations === 1 ? "once" : `${commitment.renegotiations} times`}`)),
    p({ class: "commitment-statement" }, commitment.statement),
    (commitment.reason || commitment.note) && p({ class: "muted" }, commitment.reason ?? commitment.note),
    commitment.state === "OPEN" && end && div({ class: "commitment-ends" },
      ENDINGS.filter((ending) => session.may(ending.operation)).map((ending) =>
        button({ key: ending.path, type: "button", class: "button button-small", "aria-label": `${ending.text}: ${commitment.statement}`, onClick: () => end({ commitment, ending }) }, ending.text))));
}

const Side = ({ party, title, commitments, end }) =>
  section({ class: `card ${party === "US" ? "in-us" : "in-them"} side` },
    h2(title),
    commitments.length === 0 ? Empty({ title: "No such promise" })
      : ul({ class: "commitments" }, commitments.map((commitment) => h(Commitment, { key: commitment.id, commitment, end }))));

/** @param {{ id: string, relationship: any, query: URLSearchParams, round: number, reload: () => void }} properties */
export function Commitments({ id, relationship, query, round, reload }) {
  const [ending, setEnding] = useState(/** @type {any} */ (null));
  const state = query.get("state");
  const overdue = query.get("overdue") === "true" || null;
  const path = `/relationships/${encodeURIComponent(id)}/commitments`;
  const answer = useAnswer((signal) => getAll(path, { state, overdue, sort: "-dueOn" }, signal), [path, state, overdue, round]);
  const end = relationship.status === "ACTIVE" ? setEnding : null;
  return h(Fragment, null,
    div({ class: "filters" },
      h(Choice, { name: "state", label: "State", value: state, options: ["OPEN", "KEPT", "BROKEN", "RELEASED"].map((each) => [each, words(each)]), any: "All" }),
      h(Toggle, { name: "overdue", label: "Overdue", checked: overdue === true })),
    shown(answer, (list) => h(Fragment, null,
      cut(list, "promise", "Choose a state to see fewer."),
      div({ class: "two" },
        h(Side, { party: "THEM", title: "What they promised", commitments: list.items.filter((each) => each.madeBy === "THEM"), end }),
        h(Side, { party: "US", title: "What we promised", commitments: list.items.filter((each) => each.madeBy === "US"), end })))),
    ending && h(Dialog, { title: ending.ending.title, close: () => setEnding(null) },
      p({ class: "quote" }, ending.commitment.statement),
      h(CommandForm, {
        path: `${path}/${encodeURIComponent(ending.commitment.id)}/${ending.ending.path}`, fields: ending.ending.fields, action: ending.ending.action, danger: ending.ending.danger,
        done: () => {
          setEnding(null);
          reload();
        },
      })));
}
