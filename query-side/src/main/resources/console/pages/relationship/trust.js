/** Trust over time, and the evidence that it rests on. */
import { get, getAll } from "../../api.js";
import { TrustChart } from "../../charts/trust-chart.js";
import { ExportButtons } from "../../components/exports.js";
import { Choice, Toggle } from "../../components/fields.js";
import { Empty, shown } from "../../components/states.js";
import { DAY, date, trust, words } from "../../format.js";
import { useAnswer } from "../../queries.js";
import { h, Fragment, tags, useMemo } from "../../ui.js";

const { div, h2, li, ol, p, section, span, strong, table, caption, tbody, td, th, thead, tr } = tags;

const SPANS = { "3m": 92, "1y": 365, "2y": 730, all: null };
const SPAN_TEXTS = [["3m", "3 months"], ["1y", "A year"], ["2y", "Two years"], ["all", "From the beginning"]];
const MOST_SHOWN = 8;

/** What moves the figure by less can't be seen in it. */
const LEAST_MOVE = 0.0005;

const SIDES = { both: ["inThem", "inUs"], them: ["inThem"], us: ["inUs"] };

const intervalOf = (from) => (Date.now() - from > 200 * DAY ? "week" : "day");

async function ask(id, relationship, spanName, signal) {
  const days = SPANS[spanName];
  const established = Date.parse(relationship.establishedAt);
  const from = Math.max(established, days ? Date.now() - days * DAY : established);
  const path = `/relationships/${encodeURIComponent(id)}`;
  const [course, explanation, history] = await Promise.all([
    get(`${path}/trust`, { from: new Date(from).toISOString(), interval: intervalOf(from) }, signal),
    get(`${path}/trust/explanation`, {}, signal),
    getAll(`${path}/history`, {}, signal, 1000),
  ]);
  return { course, explanation, said: new Map(history.items.map((event) => [event.position, event.summary])), isTold: !history.more, from };
}

/** What evidence says about a side, as the curve marks it. */
const marksOf = ({ explanation, said, from }) => explanation.evidence
  .filter((piece) => Date.parse(piece.occurredAt) >= from)
  .map((piece) => ({
    at: piece.occurredAt, side: piece.side, isFor: piece.outcome >= 0.5, what: words(piece.kind),
    said: said.get(piece.event.position) ?? "", key: `${piece.event.position} ${piece.side} ${piece.kind} ${piece.strand}`,
  }))
  .toSorted((one, other) => one.at.localeCompare(other.at));

/** How much the figure would be another one without a piece. */
const moves = (piece, explanation) => explanation[piece.side].figures.overall - piece.without.overall;

function Evidence({ piece, said, explanation }) {
  const moved = moves(piece, explanation);
  return li({ class: `evidence ${moved >= 0 ? "for" : "against"}` },
    span({ class: "evidence-move" }, `${moved >= 0 ? "+" : "−"}${Math.abs(moved).toFixed(3)}`),
    div(
      strong(words(piece.kind)), " ", span({ class: "muted" }, `${date(piece.occurredAt)} · ${words(piece.strand)}`),
      p(said.get(piece.event.position) ?? ""),
      span({ class: "muted" }, `Weight ${piece.weight}, outcome ${trust(piece.outcome)}. Without it: ${trust(piece.without.overall)}`)));
}

function Why({ side, title, answer: { explanation, said } }) {
  const pieces = explanation.evidence
    .filter((piece) => piece.side === side && Math.abs(moves(piece, explanation)) >= LEAST_MOVE)
    .toSorted((one, other) => Math.abs(moves(other, explanation)) - Math.abs(moves(one, explanation)));
  return section({ class: `card why ${side === "inThem" ? "in-them" : "in-us"}` },
    h2(title),
    pieces.length === 0
      ? Empty({ title: "No evidence yet", hint: "Promises kept or broken, measurements, disclosures and conversations are evidence." })
      : ol({ class: "evidences" }, pieces.slice(0, MOST_SHOWN).map((piece) => h(Evidence, { key: `${piece.event.position} ${piece.strand} ${piece.kind}`, piece, said, explanation }))),
    p({ class: "muted" }, "What moves overall trust most today. The export has every piece, with the strands that this level does not call for."));
}

/** The strands now: a strong one does not make up for a missing one. */
function Strands({ explanation, level }) {
  const row = (strand) => tr({ key: strand },
    th({ scope: "row" }, words(strand)),
    ["inThem", "inUs"].map((side) => {
      const sums = explanation[side].strands[strand];
      return td({ key: side, class: "number" }, trust(sums.trust), span({ class: "muted" }, ` ${trust(sums.low)} to ${trust(sums.high)}`));
    }));
  return section({ class: "card strands" },
    table(
      caption(`The strands today. ${words(level)} calls for ${{ TRANSACTIONAL: "the contractual one", ADDED_VALUE: "the first two", JOINT_VALUE: "all three" }[level]}.`),
      thead(tr(th({ scope: "col" }, "Strand"), th({ scope: "col", class: "number" }, "In them"), th({ scope: "col", class: "number" }, "In us"))),
      tbody(["contractual", "competence", "goodwill"].map(row))));
}

const Legend = ({ withStrands }) =>
  div({ class: "legend" },
    span(span({ class: "swatch in-them", "aria-hidden": "true" }), "our trust in them"),
    span(span({ class: "swatch in-us", "aria-hidden": "true" }), "what they can trust us for"),
    span({ class: "muted" }, "band: where it lies, 9 times in 10"),
    withStrands && span({ class: "muted" }, "dotted: contractual, dashed: competence, dash-dotted: goodwill"));

function Drawn({ answer, name, sides, withStrands, id, relationship, choices }) {
  const marks = useMemo(() => marksOf(answer), [answer]);
  const { course, explanation } = answer;
  return h(Fragment, null,
    section({ class: "card chart-card", "aria-label": "Trust over time" },
      div({ class: "filters" }, h(Legend, { withStrands }), choices),
      course.points.length > 1
        ? h(TrustChart, { points: course.points, marks, sides: SIDES[sides], withStrands, name })
        : Empty({ title: "It has only begun", hint: "A curve needs more than a day." })),
    h(Strands, { explanation, level: explanation.level ?? relationship.declaredLevel }),
    !answer.isTold && p({ class: "notice", role: "status" }, `Of this long history only the newest ${answer.said.size} events are told in words here; older evidence has its figures. The history has the words.`),
    div({ class: "two" },
      h(Why, { side: "inThem", title: "Why we trust them as we do", answer }),
      h(Why, { side: "inUs", title: "Why they can trust us as they can", answer })),
    h(ExportButtons, { path: `/relationships/${encodeURIComponent(id)}/trust/explanation`, parameters: {}, name: `${id}-evidence` }));
}

export function Trust({ id, name, relationship, query, round }) {
  const spanName = query.get("span") in SPANS ? query.get("span") : "2y";
  const sides = query.get("sides") in SIDES ? query.get("sides") : "both";
  const withStrands = query.get("strands") === "true";
  const answer = useAnswer((signal) => ask(id, relationship, spanName, signal), [id, spanName, round]);
  const choices = div({ class: "choices" },
    h(Choice, { name: "span", label: "Time", value: spanName, options: SPAN_TEXTS }),
    h(Choice, { name: "sides", label: "Whose", value: sides, options: [["both", "Both ways"], ["them", "In them"], ["us", "In us"]] }),
    h(Toggle, { name: "strands", label: "Strands", checked: withStrands }));
  return shown(answer, (data) => h(Drawn, { answer: data, name, sides, withStrands, id, relationship, choices }), { lines: 8 });
}
