/** The portfolio: every relationship that the reader may see, as it stands. Of thousands, only the rows in sight are there. */
import { get } from "../api.js";
import { ExportButtons } from "../components/exports.js";
import { Choice, Filter, Toggle } from "../components/fields.js";
import { PageHead } from "../components/shell.js";
import { Sparkline } from "../components/sparkline.js";
import { Level, Tag, Trend, TrustBar } from "../components/signs.js";
import { Empty, Failed, Loading } from "../components/states.js";
import { useWindow } from "../components/window.js";
import { KINDS, LEVELS, TRENDS, count, date, relative, words } from "../format.js";
import { useLive, useNews } from "../live.js";
import { useAnswer, useEvery, useSettled } from "../queries.js";
import { hereWith, relationshipHref } from "../router.js";
import { Fragment, h, tags, useEffect, useState } from "../ui.js";

const { a, button, div, dl, dt, dd, form, p, span, table, tbody, td, th, thead, tr } = tags;

const PAGE = 100;

/** A portfolio without anything may be one whose history is only being read. */
const LOOK_AGAIN = 2000;
const FILTERS = ["q", "kind", "group", "managerId", "level", "trend", "trustBelow", "status", "mismatch", "quietSince"];

/** Columns, and by what the API can sort them. */
const COLUMNS = [
  { text: "Relationship", sort: "name", className: "c-name" },
  { text: "Level", sort: "level", down: true, className: "c-level" },
  { text: "Trust in them", sort: "trust", className: "c-trust" },
  { text: "Trust in us", className: "c-trust" },
  { text: "A year", className: "c-spark" },
  { text: "Trend", className: "c-trend" },
  { text: "Last contact", sort: "lastInteraction", className: "c-quiet" },
  { text: "Next due", sort: "nextDue", className: "c-due" },
];

const asked = (query) => Object.fromEntries(FILTERS.map((name) => [name, query.get(name)]).filter(([name, value]) => value && !(name === "mismatch" && value !== "true")));

/** What the API takes of what the address says. */
function parameters(query) {
  const { quietSince, ...others } = asked(query);
  return { ...others, quietSince: quietSince && `${quietSince}T00:00:00Z`, sort: query.get("sort") ?? "trust", limit: PAGE };
}

/** A list that is read on as its end comes into sight. */
function useList(query) {
  const wanted = useSettled(JSON.stringify(parameters(query)));
  const [list, setList] = useState({ items: [], more: true, round: 0 });
  const [reading, setReading] = useState(false);
  const first = useAnswer((signal) => get("/relationships", JSON.parse(wanted), signal), [wanted]);
  useEffect(() => {
    if (first.data) setList((before) => ({ items: first.data.items, next: first.data.nextCursor, round: before.round + 1 }));
  }, [first.data]);
  async function readOn() {
    if (!list.next || reading) return;
    setReading(true);
    try {
      const page = await get("/relationships", { ...JSON.parse(wanted), cursor: list.next });
      setList((before) => (before.round === list.round ? { ...before, items: [...before.items, ...page.items], next: page.nextCursor } : before));
    } catch (problem) {
      setList((before) => ({ ...before, problem }));
    }
    setReading(false);
  }
  return { ...list, first, readOn, wanted };
}

function Heading({ column, sort }) {
  if (!column.sort) return th({ scope: "col", role: "columnheader", class: column.className }, column.text);
  const isUp = sort === column.sort;
  const isDown = sort === `-${column.sort}`;
  const next = isUp || (column.down && !isDown) ? `-${column.sort}` : column.sort;
  return th({ scope: "col", role: "columnheader", class: column.className, "aria-sort": isUp ? "ascending" : isDown ? "descending" : "none" },
    a({ href: hereWith({ sort: next }), class: "sorter" }, column.text, span({ class: "sort-sign", "aria-hidden": "true" }, isUp ? "↑" : isDown ? "↓" : "")));
}

function Due({ next }) {
  if (!next) return span({ class: "muted" }, "Nothing open");
  const whose = next.madeBy === "US" ? "ours" : "theirs";
  return h(Fragment, null,
    span({ title: next.statement }, date(next.dueOn)), " ",
    next.overdue ? h(Tag, { tone: "bad" }, `overdue, ${whose}`) : span({ class: "muted" }, whose));
}

function Row({ relationship, changed }) {
  const { id, stakeholderName: name, trust } = relationship;
  return tr({ class: changed ? "row row-new" : "row", role: "row" },
    th({ scope: "row", role: "rowheader", class: "c-name" },
      a({ href: relationshipHref(id), class: "row-link" }, name),
      span({ class: "row-under" }, `${words(relationship.stakeholderKind)} · ${relationship.managerId}`, relationship.status === "ENDED" && " · ended")),
    td({ role: "cell", class: "c-level" }, h(Level, { level: relationship.declaredLevel }),
      relationship.mismatch && span({ class: "row-under", title: relationship.mismatchSummary }, h(Tag, { tone: "warn" }, "levels disagree"))),
    td({ role: "cell", class: "c-trust", "data-label": "Trust in them" }, h(TrustBar, { scores: trust?.inThem, side: "in-them", label: "Trust in them" })),
    td({ role: "cell", class: "c-trust", "data-label": "Trust in us" }, h(TrustBar, { scores: trust?.inUs, side: "in-us", label: "Trust in us" })),
    td({ role: "cell", class: "c-spark" }, h(Sparkline, { id, name })),
    td({ role: "cell", class: "c-trend" }, trust && h(Trend, { trend: trust.trend })),
    td({ role: "cell", class: "c-quiet" }, span({ title: date(relationship.lastInteractionAt) }, relative(relationship.lastInteractionAt))),
    td({ role: "cell", class: "c-due" }, h(Due, { next: relationship.nextDueCommitment })));
}

const Space = ({ height, place }) =>
  height > 0 && tr({ class: "space", key: place, role: "presentation", "aria-hidden": "true" }, td({ role: "presentation", colSpan: COLUMNS.length, style: { height: `${height}px` } }));

function Rows({ list, sort, changed }) {
  const { body, from, to, above, below } = useWindow(list.items.length, list.readOn);
  return div({ class: "table-frame" },
    table({ class: "portfolio", role: "table", "aria-rowcount": list.next ? -1 : list.items.length + 1, "aria-label": "Relationships" },
      thead({ role: "rowgroup" }, tr({ role: "row" }, COLUMNS.map((column) => h(Heading, { key: column.text, column, sort })))),
      tbody({ ref: body, role: "rowgroup" },
        h(Space, { height: above, place: "above" }),
        list.items.slice(from, to).map((relationship) => h(Row, { key: relationship.id, relationship, changed: changed.has(relationship.id) })),
        h(Space, { height: below, place: "below" }))),
    p({ class: "table-end", role: "status" }, list.problem ? list.problem.message : list.next ? `${list.items.length} so far, more as you scroll` : count(list.items.length, "relationship")));
}

/** The whole in four figures, each a way into the list. */
function Summary() {
  const answer = useAnswer(async (signal) => {
    const [portfolio, promises] = await Promise.all([
      get("/reports/portfolio", { groupBy: "kind", status: "ACTIVE", limit: 500 }, signal),
      get("/reports/commitments", { groupBy: "kind", limit: 500 }, signal),
    ]);
    const sum = (rows, field) => rows.reduce((total, row) => total + row[field], 0);
    const kept = sum(promises.items, "keptOnTime");
    return {
      active: sum(portfolio.items, "relationships"), falling: sum(portfolio.items, "falling"), rising: sum(portfolio.items, "rising"),
      overdue: sum(promises.items, "overdue"), kept: sum(promises.items, "due") ? Math.round((100 * kept) / sum(promises.items, "due")) : null,
    };
  }, []);
  useNews(answer.reload);
  if (!answer.data) return null;
  const { active, falling, rising, overdue, kept } = answer.data;
  const figure = (term, value, link) => div({ class: "summary-figure" }, dt(term), dd(link ? a({ href: link }, value) : value));
  return dl({ class: "summary" },
    figure("Active relationships", String(active), "/?status=ACTIVE"),
    figure("Trust rising", String(rising), "/?trend=RISING&sort=-trust"),
    figure("Trust falling", String(falling), "/?trend=FALLING"),
    figure("Promises overdue", String(overdue), "/?sort=nextDue"),
    kept !== null && figure("Promises kept on time", `${kept} %`, "/console/reports?report=promises"));
}

const options = (names) => names.map((name) => [name, words(name)]);

const Filters = ({ query }) =>
  form({ class: "filters", role: "search", "aria-label": "Filters", onSubmit: (event) => event.preventDefault() },
    h(Filter, { name: "q", label: "Search", value: query.get("q"), placeholder: "Name" }),
    h(Choice, { name: "kind", label: "Kind", value: query.get("kind"), options: options(KINDS), any: "All kinds" }),
    h(Filter, { name: "group", label: "Group", value: query.get("group"), placeholder: "Exact name" }),
    h(Choice, { name: "level", label: "Declared level", value: query.get("level"), options: options(LEVELS), any: "All levels" }),
    h(Choice, { name: "trend", label: "Trend", value: query.get("trend"), options: options(TRENDS), any: "All trends" }),
    h(Choice, { name: "status", label: "Status", value: query.get("status"), options: options(["ACTIVE", "ENDED"]), any: "Active and ended" }),
    h(Filter, { name: "quietSince", label: "Quiet since", type: "date", value: query.get("quietSince") }),
    h(Toggle, { name: "mismatch", label: "Levels disagree", checked: query.get("mismatch") === "true" }),
    Object.keys(asked(query)).length > 0 && a({ class: "button button-quiet", href: "/" }, "Clear filters"));

/** @param {{ query: URLSearchParams }} properties */
export function Portfolio({ query }) {
  const list = useList(query);
  const [changed, setChanged] = useState(new Set());
  const [pending, setPending] = useState(false);
  useLive((event) => {
    if (event.relationshipId) setChanged((before) => new Set(before).add(event.relationshipId));
  });
  // what is being scrolled through stays as it is until its reader wants it anew
  useNews(() => (scrollY < 200 ? list.first.reload() : setPending(true)), (event) => Boolean(event.relationshipId));
  const isNew = list.first.data?.items.length === 0 && Object.keys(asked(query)).length === 0;
  useEvery(() => isNew && list.first.reload(), LOOK_AGAIN);
  function renew() {
    setPending(false);
    scrollTo({ top: 0 });
    list.first.reload();
  }
  return h(Fragment, null,
    h(PageHead, { title: "Portfolio", lead: "How each relationship stands, and which way trust is moving, both ways.",
      aside: h(ExportButtons, { path: "/relationships", parameters: { ...parameters(query), limit: undefined }, name: "portfolio" }) }),
    h(Summary, { key: String(isNew) }),
    h(Filters, { query }),
    pending && button({ type: "button", class: "button news", onClick: renew }, "Something was recorded. Show it"),
    list.first.problem ? h(Failed, { problem: list.first.problem, retry: list.first.reload })
      : !list.first.data && list.items.length === 0 ? h(Loading, { lines: 8, what: "Loading relationships" })
        : list.items.length === 0 && !list.first.loading ? (isNew
          ? h(Empty, { title: "There are no relationships yet.", hint: "They appear here as soon as they are established, or read." })
          : h(Empty, { title: "No relationship is like that.", hint: "Take a filter away, or look for another name." }))
          : h(Rows, { list, sort: query.get("sort") ?? "trust", changed, key: list.wanted }));
}
