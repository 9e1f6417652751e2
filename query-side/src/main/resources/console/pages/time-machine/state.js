/** The relationship as it was. */
import { get } from "../../api.js";
import { Level, Tag, Trend } from "../../components/signs.js";
import { Failed, Loading } from "../../components/states.js";
import { date, number, trust, words } from "../../format.js";
import { useAnswer } from "../../queries.js";
import { h, tags } from "../../ui.js";

const { dd, div, dl, dt, h2, p, section, span, strong } = tags;

const STRANDS = ["contractual", "competence", "goodwill"];

function Side({ title, scores, side, trend }) {
  const at = (value) => `${value * 100}%`;
  return div({ class: `then-side ${side}` },
    span({ class: "trust-card-title" }, title),
    strong({ class: "trust-card-figure" }, trust(scores.overall)),
    span({ class: "trust-card-interval" }, `${trust(scores.low)} to ${trust(scores.high)}`, trend && h(Trend, { trend })),
    dl({ class: "then-strands" }, STRANDS.map((strand) => div({ key: strand },
      dt(words(strand)), dd(trust(scores[strand])),
      span({ class: "trust-scale", "aria-hidden": "true" }, span({ class: "trust-interval", style: { left: "0", width: at(scores[strand]) } }))))));
}

function State({ state }) {
  const fact = (term, ...said) => div({ class: "fact" }, dt(term), dd(...said));
  return section({ class: "card then", "aria-label": "State", "aria-live": "polite" },
    h2("As it was", " ", h(Tag, { tone: state.status === "ENDED" ? "warn" : "plain" }, words(state.status).toLowerCase()), span({ class: "muted then-version" }, ` version ${state.version}`)),
    state.trust && div({ class: "then-sides" },
      h(Side, { title: "Our trust in them", scores: state.trust.inThem, side: "in-them", trend: state.trust.trend }),
      h(Side, { title: "Trust in us", scores: state.trust.inUs, side: "in-us", trend: state.trust.trendInUs })),
    dl({ class: "facts" },
      fact("We declare", h(Level, { level: state.declaredLevel })),
      fact("They say", h(Level, { level: state.stakeholderLevel })),
      fact("Practised", h(Level, { level: state.practisedLevel })),
      fact("Desired", h(Level, { level: state.desiredLevel })),
      fact("Manager", state.managerId),
      fact("Last contact", date(state.lastInteractionAt)),
      fact("Promises", `${state.counts.commitments.keptOnTime} kept, ${state.counts.commitments.keptLate} late, ${state.counts.commitments.broken} broken, ${state.counts.commitments.overdue} overdue`),
      fact("Interactions", number(state.counts.interactions))),
    state.mismatch && p({ class: "mismatch" }, h(Tag, { tone: "warn" }, "levels disagreed"), " ", state.mismatchSummary));
}

/** @param {{ path: string, knownAt: string, validAt: string | null }} properties */
export function StateThen({ path, knownAt, validAt }) {
  const answer = useAnswer((signal) => get(`${path}/state`, { knownAt, validAt }, signal), [path, knownAt, validAt]);
  if (answer.problem) return Failed({ problem: answer.problem, retry: answer.reload });
  return answer.data ? h(State, { state: answer.data }) : Loading({ lines: 5 });
}
