/** A relationship: its levels, its trust both ways and why, and what can be done about it. */
import { PageHead } from "../components/shell.js";
import { Tag, Trend } from "../components/signs.js";
import { Failed, shown } from "../components/states.js";
import { LEVELS, date, number, relative, trust, words } from "../format.js";
import { useLive, useNews } from "../live.js";
import { useQuery } from "../queries.js";
import { hereWith, href } from "../router.js";
import { session } from "../session.js";
import { Fragment, h, tags, useEffect, useRef, useState } from "../ui.js";
import { Actions } from "./relationship/actions.js";
import { Alignment } from "./relationship/alignment.js";
import { Commitments } from "./relationship/commitments.js";
import { History } from "./relationship/history.js";
import { Readiness } from "./relationship/readiness.js";
import { Trust } from "./relationship/trust.js";

const { a, dd, div, dl, dt, li, nav, ol, p, section, span } = tags;

/** What there is to look at, each under the address's parameter view. */
const VIEWS = [
  { id: "trust", text: "Trust", draw: Trust },
  { id: "history", text: "History", draw: History },
  { id: "commitments", text: "Commitments", draw: Commitments },
  { id: "alignment", text: "Alignment", draw: Alignment },
  { id: "readiness", text: "Readiness", draw: Readiness },
];

/** When to look for what the stream has told and no query has seen. */
const AGAIN = 250;

/** Who says which level it is. */
const SAYINGS = [
  { field: "declaredLevel", text: "we declare" },
  { field: "stakeholderLevel", text: "they say" },
  { field: "practisedLevel", text: "practised" },
  { field: "desiredLevel", text: "desired" },
];

/** The three levels as a stair, with whoever stands on each. */
const Stair = ({ relationship }) =>
  section({ class: "card stair-card", "aria-label": "Levels" },
    ol({ class: "stair" }, LEVELS.map((level, step) => {
      const here = SAYINGS.filter((saying) => relationship[saying.field] === level);
      return li({ key: level, class: `stair-step stair-${step + 1} ${relationship.declaredLevel === level ? "stair-declared" : ""}` },
        span({ class: "stair-name" }, words(level)),
        span({ class: "stair-sayings" }, here.map((saying) => span({ key: saying.field, class: `saying ${saying.field}` }, saying.text))));
    })),
    relationship.mismatch && p({ class: "mismatch" }, h(Tag, { tone: "warn" }, "levels disagree"), " ", relationship.mismatchSummary));

const TrustFigure = ({ scores, side, title, explained, trend }) =>
  div({ class: `trust-card ${side}` },
    span({ class: "trust-card-title" }, title),
    span({ class: "trust-card-figure" }, trust(scores.overall)),
    span({ class: "trust-card-interval" }, `${trust(scores.low)} to ${trust(scores.high)}`, h(Trend, { trend })),
    span({ class: "muted" }, explained));

const Standing = ({ relationship: { trust: standing } }) =>
  section({ class: "card trust-cards", "aria-label": "Trust" },
    standing
      ? [
        h(TrustFigure, { key: "them", scores: standing.inThem, side: "in-them", title: "Our trust in them", explained: "rests on what they did", trend: standing.trend }),
        h(TrustFigure, { key: "us", scores: standing.inUs, side: "in-us", title: "Trust in us", explained: "what they can trust us for: what we did", trend: standing.trendInUs }),
      ]
      : p({ class: "muted" }, "Nothing is known of trust yet."));

function Facts({ relationship }) {
  const next = relationship.nextDueCommitment;
  const fact = (term, ...said) => div({ class: "fact" }, dt(term), dd(...said));
  return dl({ class: "facts" },
    fact("Manager", relationship.managerId),
    fact("Since", date(relationship.establishedAt)),
    fact("Last contact", relative(relationship.lastInteractionAt)),
    fact("Next due", next ? `${date(next.dueOn)}, by ${next.madeBy === "US" ? "us" : "them"}` : "Nothing open", " ", next?.overdue && h(Tag, { tone: "bad" }, "overdue")),
    fact("Alignment", relationship.alignment === undefined || relationship.alignment === null ? "Not assessed" : `${number(relationship.alignment)} of 100`),
    fact("Promises", `${relationship.counts.commitments.keptOnTime} kept, ${relationship.counts.commitments.keptLate} late, ${relationship.counts.commitments.broken} broken`));
}

const Views = ({ current }) =>
  nav({ class: "tabs", "aria-label": "Views of the relationship" },
    VIEWS.map((view) => a({ key: view.id, href: hereWith({ view: view.id === "trust" ? null : view.id }), "aria-current": view.id === current.id ? "true" : undefined }, view.text)));

function Drawn({ relationship, reload, query, round }) {
  const view = VIEWS.find((each) => each.id === query.get("view")) ?? VIEWS[0];
  const { id, stakeholderName: name } = relationship;
  return h(Fragment, null,
    h(PageHead, {
      title: name,
      before: p({ class: "above-title" }, a({ href: "/" }, "Portfolio"), ` / ${words(relationship.stakeholderKind)} / ${relationship.stakeholderGroup}`),
      lead: relationship.purpose,
      aside: div({ class: "actions" },
        relationship.status === "ENDED" && h(Tag, { tone: "warn" }, `ended ${date(relationship.endedAt)}`),
        h(Actions, { relationship, done: reload }),
        session.may("showStateAsOf") && a({ class: "button", href: href("/console/time-machine", { relationship: id }) }, "Time machine")),
    }),
    div({ class: "cards" }, h(Standing, { relationship }), h(Stair, { relationship })),
    h(Facts, { relationship }),
    h(Views, { current: view }),
    h(view.draw, { key: view.id, id, name, relationship, query, round, reload }));
}

/** @param {{ id: string, query: URLSearchParams }} properties */
export function Relationship({ id, query }) {
  const answer = useQuery(`/relationships/${encodeURIComponent(id)}`);
  const [round, setRound] = useState(0);
  const told = useRef(0);
  function renew() {
    setRound((before) => before + 1);
    answer.reload();
  }
  const isAbout = (event) => event.relationshipId === id;
  useLive((event) => {
    if (isAbout(event)) told.current = Math.max(told.current, event.version ?? 0);
  });
  useNews(renew, isAbout);
  useEffect(() => {
    // the stream follows the log, and so may be ahead of what queries see
    if (!answer.data || answer.data.version >= told.current) return undefined;
    const timer = setTimeout(renew, AGAIN);
    return () => clearTimeout(timer);
  }, [answer.data]);
  if (answer.problem) {
    return h(Fragment, null,
      h(PageHead, { title: "No relationship to show", lead: answer.problem.status === 404 ? "There is none of this name, or it is not yours to see." : undefined }),
      h(Failed, { problem: answer.problem, retry: answer.reload }));
  }
  return shown(answer, (relationship) => h(Drawn, { relationship, reload: renew, query, round }), { lines: 10 });
}
