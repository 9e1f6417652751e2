/** Everything that happened, newest first, as sentences. */
import { get } from "../../api.js";
import { ExportButtons } from "../../components/exports.js";
import { Choice, Filter } from "../../components/fields.js";
import { Empty, Failed, Loading } from "../../components/states.js";
import { date, time, words } from "../../format.js";
import { useAnswer } from "../../queries.js";
import { h, Fragment, tags, useEffect, useState } from "../../ui.js";

const { button, details, div, dd, dl, dt, li, ol, p, section, span, summary } = tags;

const TYPES = [
  "InteractionLogged", "CommitmentRecorded", "CommitmentKept", "CommitmentBroken", "CommitmentBecameOverdue", "CommitmentRenegotiated", "CommitmentReleased",
  "DisclosureRecorded", "ObjectiveHeld", "ObjectiveRetired", "ExpectationStated", "ContributionRecorded", "IndicatorAgreed", "MeasurementRecorded",
  "AlignmentAssessed", "ValuesAssessed", "DependencyAssessed", "ConcernRaised", "ConcernResolved", "DisputeRaised", "DisputeSettled",
  "RelationshipUpgraded", "RelationshipDowngraded", "StakeholderLevelRecorded", "EntryRetracted",
];

const GOOD = new Set(["CommitmentKept", "ConcernResolved", "RelationshipUpgraded"]);
const BAD = new Set(["CommitmentBroken", "CommitmentBecameOverdue", "ConcernRaised", "DisputeRaised", "RelationshipDowngraded", "RelationshipEnded"]);

const toneOf = (type) => (GOOD.has(type) ? "good" : BAD.has(type) ? "bad" : "plain");

/** What the event says, field by field, as text whatever it is. */
const Data = ({ data }) =>
  dl({ class: "event-data" }, Object.entries(data).map(([name, value]) =>
    div({ key: name }, dt(words(name)), dd(typeof value === "object" ? JSON.stringify(value) : String(value)))));

const Event = ({ event }) =>
  li({ class: `event event-${toneOf(event.type)}` },
    span({ class: "event-when" }, date(event.occurredAt)),
    div({ class: "event-body" },
      p({ class: "event-summary" }, event.summary),
      details(
        summary(`${words(event.type)} · recorded by ${event.recordedBy}`),
        p({ class: "muted" }, `Occurred ${time(event.occurredAt)}, recorded ${time(event.recordedAt)}, position ${event.position}, version ${event.version}`),
        h(Data, { data: event.data }))));

/** @param {{ id: string, query: URLSearchParams, round: number }} properties */
export function History({ id, query, round }) {
  const type = query.get("type");
  const from = query.get("from");
  const to = query.get("to");
  const path = `/relationships/${encodeURIComponent(id)}/history`;
  const parameters = { type, from: from && `${from}T00:00:00Z`, to: to && `${to}T23:59:59Z` };
  const first = useAnswer((signal) => get(path, { ...parameters, limit: 50 }, signal), [path, parameters, round]);
  const [later, setLater] = useState({ items: [], next: undefined, problem: null });
  useEffect(() => setLater({ items: [], next: first.data?.nextCursor, problem: null }), [first.data]);

  async function readOn() {
    try {
      const page = await get(path, { ...parameters, limit: 50, cursor: later.next });
      setLater({ items: [...later.items, ...page.items], next: page.nextCursor, problem: null });
    } catch (problem) {
      setLater({ ...later, problem });
    }
  }

  const items = first.data ? [...first.data.items, ...later.items] : [];
  return h(Fragment, null,
    div({ class: "filters" },
      h(Choice, { name: "type", label: "What", value: type, options: TYPES.map((each) => [each, words(each)]), any: "Everything" }),
      h(Filter, { name: "from", label: "From", type: "date", value: from }),
      h(Filter, { name: "to", label: "To", type: "date", value: to }),
      h(ExportButtons, { path, parameters, name: `${id}-history` })),
    section({ class: "card" },
      first.problem ? h(Failed, { problem: first.problem, retry: first.reload })
        : !first.data ? h(Loading, { lines: 6 })
          : items.length === 0 ? h(Empty, { title: "Nothing of that kind happened.", hint: "Look for everything, or at another time." })
            : ol({ class: "events" }, items.map((event) => h(Event, { key: event.position, event }))),
      later.problem && h(Failed, { problem: later.problem }),
      later.next && button({ type: "button", class: "button", onClick: readOn }, "Show earlier events")));
}
