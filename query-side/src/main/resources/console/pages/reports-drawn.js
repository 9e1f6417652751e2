/** How each report is drawn. */
import { NetworkMap } from "../charts/network-map.js";
import { TrendChart } from "../charts/trend-chart.js";
import { Level, Tag } from "../components/signs.js";
import { Empty } from "../components/states.js";
import { number, trust, words } from "../format.js";
import { href, relationshipHref } from "../router.js";
import { Fragment, h, tags } from "../ui.js";

const { a, div, h2, p, span, table, tbody, td, th, thead, tr } = tags;

/** A group of the report, as a way to its relationships. The list can't be filtered by every grouping. */
function Group({ by, name }) {
  const filter = { group: "group", manager: "managerId", kind: "kind", level: "level" }[by];
  const text = by === "kind" || by === "level" ? words(name) : name;
  return filter ? a({ href: href("/", { [filter]: name }) }, text) : text;
}

/** @param {{ label: string, columns: [string, boolean?][], children?: any }} properties */
const Frame = ({ label, columns, children }) =>
  div({ class: "table-frame", tabIndex: 0, role: "region", "aria-label": label },
    table({ class: "plain" },
      thead(tr(columns.map(([text, isNumber]) => th({ key: text, scope: "col", class: isNumber ? "number" : undefined }, text)))),
      tbody(children)));

const nothing = () => Empty({ title: "There is nothing to report.", hint: "Take the filter away." });

export function TrendsReport({ data, query, asked }) {
  if (data.length === 0) return nothing();
  return h(TrendChart, { rows: data, figure: query.get("figure") === "us" ? "trustInUs" : "trustInThem", by: asked.groupBy });
}

export const PortfolioReport = ({ data, asked }) =>
  data.length === 0 ? nothing() : h(Frame, {
    label: "Portfolio", columns: [[words(asked.groupBy)], ["Relationships", true], ["Trust in them", true], ["Trust in us", true], ["Transactional", true], ["Added value", true], ["Joint value", true], ["Rising", true], ["Falling", true]],
  }, data.map((row) => tr({ key: row.key },
    th({ scope: "row" }, h(Group, { by: asked.groupBy, name: row.key })),
    [row.relationships, trust(row.trustInThem), trust(row.trustInUs), row.transactional, row.addedValue, row.jointValue, row.rising, row.falling].map((value, index) => td({ key: index, class: "number" }, value)))));

const PARTS = [["keptOnTime", "kept"], ["keptLate", "late"], ["broken", "broken"], ["overdue", "overdue"]];

/** What became of the promises that were due, as shares of a bar. */
function Shares({ row }) {
  const whole = PARTS.reduce((sum, [field]) => sum + row[field], 0) || 1;
  return span({ class: "shares", role: "img", "aria-label": PARTS.map(([field, text]) => `${row[field]} ${text}`).join(", ") },
    PARTS.map(([field, text]) => span({ key: field, class: `share share-${text}`, style: { width: `${(100 * row[field]) / whole}%` } })));
}

export const PromisesReport = ({ data, asked }) =>
  data.length === 0 ? nothing() : h(Fragment, null,
    div({ class: "legend" }, PARTS.map(([, text]) => span({ key: text }, span({ class: `swatch share-${text}`, "aria-hidden": "true" }), text))),
    h(Frame, {
      label: "Promises kept", columns: [[words(asked.groupBy)], ["Made by"], ["Kept on time", true], ["Of those due"], ["Made", true], ["Late", true], ["Broken", true], ["Released", true], ["Open", true], ["Overdue", true]],
    }, data.map((row) => tr({ key: `${row.key} ${row.madeBy}` },
      th({ scope: "row" }, h(Group, { by: asked.groupBy, name: row.key })),
      td(row.madeBy === "US" ? span({ class: "party in-us" }, "us") : span({ class: "party in-them" }, "them")),
      td({ class: "number strong" }, row.percentKept === null || row.percentKept === undefined ? "–" : `${number(row.percentKept)} %`),
      td(h(Shares, { row })),
      [row.made, row.keptLate, row.broken, row.released, row.open, row.overdue].map((value, index) => td({ key: index, class: "number" }, value))))));

function Concentration({ title, concentration }) {
  if (!concentration?.top) return null;
  return div({ class: "concentration" },
    h2(title),
    p(`As concentrated as if it were spread evenly over ${number(concentration.equivalentNumber)} of ${concentration.relationships} relationships. `,
      "The largest share: ", a({ href: relationshipHref(concentration.top.relationshipId) }, concentration.top.stakeholderName), `, ${number(concentration.top.share * 100)} %.`));
}

export const NetworkReport = ({ data }) =>
  data.edges.length === 0 ? nothing() : h(Fragment, null,
    h(NetworkMap, { network: data }),
    div({ class: "two" },
      h(Concentration, { title: "How we depend on them", concentration: data.concentration?.ourDependence }),
      h(Concentration, { title: "How they depend on us", concentration: data.concentration?.theirDependence })));

export const MismatchesReport = ({ data }) =>
  data.length === 0 ? Empty({ title: "All levels agree.", hint: "Where they don't, there is friction." }) : h(Frame, {
    label: "Level mismatches", columns: [["Relationship"], ["We declare"], ["They say"], ["Practised"], ["How they disagree"]],
  }, data.map((row) => tr({ key: row.relationshipId },
    th({ scope: "row" }, a({ href: relationshipHref(row.relationshipId) }, row.stakeholderName), row.status === "ENDED" && h(Tag, { tone: "plain" }, "ended")),
    td(h(Level, { level: row.declaredLevel })), td(h(Level, { level: row.stakeholderLevel })), td(h(Level, { level: row.practisedLevel })),
    td(row.summary))));
