/** Reports: across relationships, by what they have in common. */
import { ExportButtons, GRAPHML } from "../components/exports.js";
import { Choice } from "../components/fields.js";
import { PageHead } from "../components/shell.js";
import { cut, shown } from "../components/states.js";
import { get, getAll } from "../api.js";
import { KINDS, words } from "../format.js";
import { useNews } from "../live.js";
import { useAnswer } from "../queries.js";
import { hereWith } from "../router.js";
import { Fragment, h, tags } from "../ui.js";
import { MismatchesReport, NetworkReport, PortfolioReport, PromisesReport, TrendsReport } from "./reports-drawn.js";

const { a, div, nav, section } = tags;

const BY_GROUP = ["groupBy", "kind"];

/** What there is to report, each under the address's parameter report. */
const REPORTS = [
  { id: "trends", text: "Trust trends", path: "/reports/trust-trends", takes: [...BY_GROUP, "interval"], draw: TrendsReport, pages: true },
  { id: "portfolio", text: "Portfolio", path: "/reports/portfolio", takes: BY_GROUP, draw: PortfolioReport, pages: true },
  { id: "promises", text: "Promises kept", path: "/reports/commitments", takes: BY_GROUP, draw: PromisesReport, pages: true },
  { id: "network", text: "Network", path: "/reports/network", takes: ["kind"], draw: NetworkReport, also: [GRAPHML] },
  { id: "mismatches", text: "Level mismatches", path: "/reports/mismatches", takes: ["kind"], draw: MismatchesReport, pages: true },
];

const DEFAULTS = { groupBy: "group", interval: "month" };

const GROUPINGS = ["group", "manager", "kind", "level"].map((each) => [each, words(each)]);
const INTERVALS = ["day", "week", "month"].map((each) => [each, words(each)]);

function parameters(report, query) {
  return Object.fromEntries(report.takes.map((name) => [name, query.get(name) ?? DEFAULTS[name] ?? null]));
}

/** @param {{ query: URLSearchParams }} properties */
export function Reports({ query }) {
  const report = REPORTS.find((each) => each.id === query.get("report")) ?? REPORTS[0];
  const asked = parameters(report, query);
  const answer = useAnswer(async (signal) => {
    if (!report.pages) return { id: report.id, data: await get(report.path, asked, signal) };
    const list = await getAll(report.path, asked, signal);
    return { id: report.id, data: list.items, list };
  }, [report.id, asked]);
  useNews(answer.reload);
  const current = answer.data?.id === report.id ? answer : { ...answer, data: undefined };
  return h(Fragment, null,
    h(PageHead, { title: "Reports", lead: "What is true of many relationships at once.",
      aside: h(ExportButtons, { path: report.path, parameters: asked, name: `rapport-${report.id}`, also: report.also }) }),
    nav({ class: "tabs", "aria-label": "Reports" }, REPORTS.map((each) =>
      a({ key: each.id, href: hereWith({ report: each.id === "trends" ? null : each.id }), "aria-current": each === report ? "true" : undefined }, each.text))),
    div({ class: "filters" },
      report.takes.includes("groupBy") && h(Choice, { name: "groupBy", label: "By", value: asked.groupBy, options: GROUPINGS }),
      report.takes.includes("interval") && h(Choice, { name: "interval", label: "Each", value: asked.interval, options: INTERVALS }),
      h(Choice, { name: "kind", label: "Kind", value: asked.kind, options: KINDS.map((kind) => [kind, words(kind)]), any: "All kinds" }),
      report.id === "trends" && h(Choice, { name: "figure", label: "Whose", value: query.get("figure"), options: [["", "Our trust in them"], ["us", "What they can trust us for"]] })),
    section({ class: "card" }, shown(current, ({ data, list }) => h(Fragment, null,
      list && cut(list, "row", "The export has them all."),
      h(report.draw, { data, query, asked })), { lines: 8 })));
}
