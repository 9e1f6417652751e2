/** The time machine: how a relationship was on a day, as far as was known by another. */
import { download, getAll } from "../api.js";
import { Choice } from "../components/fields.js";
import { PageHead } from "../components/shell.js";
import { Empty, Failed, cut, shown } from "../components/states.js";
import { DAY, date, isoDay, time } from "../format.js";
import { useNews } from "../live.js";
import { useAnswer, useSettled } from "../queries.js";
import { go, hereWith, relationshipHref } from "../router.js";
import { Fragment, h, newId, tags, useState } from "../ui.js";
import { Changes } from "./time-machine/changes.js";
import { StateThen } from "./time-machine/state.js";
import { Verification } from "./time-machine/verification.js";

const { a, button, div, input, label, output, p, section, span } = tags;

const path = (id) => `/audit/relationships/${encodeURIComponent(id)}`;

/** @param {{ name: string, text: string, hint: string, value: number, min: number, max: number, said: string, moved: (value: number) => void, ends: [string, string] }} properties */
function Slider({ name, text, hint, value, min, max, said, moved, ends }) {
  const [id] = useState(() => newId("slider"));
  return div({ class: "slider" },
    div({ class: "slider-head" }, label({ for: id }, text), output({ for: id }, said)),
    input({ id, name, type: "range", min, max, step: 1, value, "aria-valuetext": said, "aria-describedby": `${id}-hint`, onInput: (event) => moved(Number(event.currentTarget.value)) }),
    div({ class: "slider-ends", "aria-hidden": "true" }, ends.map((end) => span({ key: end }, end))),
    p({ class: "hint", id: `${id}-hint` }, hint));
}

/** The moment that the sliders stand for. Without any in the address it is now, and all that is known. */
function momentOf(query, events, lastDay) {
  const known = Number(query.get("known"));
  return {
    known: known >= 1 && known <= events.length ? known : events.length,
    day: query.get("valid") ? Math.min(lastDay, Math.floor(Date.parse(`${query.get("valid")}T00:00:00Z`) / DAY)) : lastDay,
  };
}

function Machine({ id, query, events }) {
  const lastDay = Math.floor(Date.now() / DAY);
  const firstDay = events.reduce((first, event) => Math.min(first, Math.floor(Date.parse(event.occurredAt) / DAY)), lastDay);
  const { known, day } = momentOf(query, events, lastDay);
  const event = events[known - 1];
  const settled = useSettled(JSON.stringify({ knownAt: event.recordedAt, version: event.version, validAt: day === lastDay ? null : `${isoDay(day * DAY)}T23:59:59Z` }), 150);
  const { knownAt, version, validAt } = JSON.parse(settled);
  return h(Fragment, null,
    section({ class: "card sliders", "aria-label": "Two times" },
      h(Slider, {
        name: "valid", text: "Valid at", hint: "What had happened by the end of that day.", value: day, min: firstDay, max: lastDay, said: day === lastDay ? "today" : date(day * DAY),
        ends: [date(firstDay * DAY), "today"], moved: (next) => go(hereWith({ valid: next === lastDay ? null : isoDay(next * DAY) }), { replace: true }),
      }),
      h(Slider, {
        name: "known", text: "Known at", hint: "What Rapport had been told by then: each step is an event that was recorded.", value: known, min: 1, max: events.length,
        said: known === events.length ? `all ${events.length} events` : `event ${known} of ${events.length}, ${time(event.recordedAt)}`,
        ends: ["first event", "newest event"], moved: (next) => go(hereWith({ known: next === events.length ? null : next }), { replace: true }),
      })),
    h(StateThen, { path: path(id), knownAt, validAt }),
    h(Changes, { path: path(id), from: version, to: events.at(-1).version }));
}

function Chosen({ id, query }) {
  // oldest first, so the newest are only known by whoever reads to the end
  const answer = useAnswer(async (signal) => (await getAll(`${path(id)}/events`, {}, signal, Infinity)).items, [id]);
  useNews(answer.reload, (event) => event.relationshipId === id);
  return shown(answer, (events) => h(Machine, { id, query, events: events.filter((event) => event.stream.startsWith("relationship")) }), {
    lines: 6, empty: (events) => events.length === 0 && Empty({ title: "Nothing was recorded of it." }),
  });
}

function Bundle({ id }) {
  const [problem, setProblem] = useState(/** @type {Error | null} */ (null));
  const [busy, setBusy] = useState(false);
  async function take() {
    setBusy(true);
    await download(`${path(id)}/bundle`, {}, "application/zip", `${id}-evidence.zip`).then(() => setProblem(null), setProblem);
    setBusy(false);
  }
  return h(Fragment, null,
    button({ type: "button", class: "button", onClick: take, "aria-busy": busy ? "true" : undefined }, busy ? "Packing…" : "Take the evidence away (zip)"),
    problem && Failed({ problem }));
}

/** The relationships to choose from, with the one that was chosen elsewhere. */
function choices(relationships, id) {
  const options = relationships.map((each) => [each.id, each.stakeholderName]);
  return !id || relationships.some((each) => each.id === id) ? options : [[id, id], ...options];
}

/** @param {{ query: URLSearchParams }} properties */
export function TimeMachine({ query }) {
  const names = useAnswer((signal) => getAll("/relationships", { sort: "name" }, signal), []);
  const id = query.get("relationship");
  return h(Fragment, null,
    h(PageHead, { title: "Time machine", lead: "Nothing is ever edited. See how a relationship was on any day, as far as was known by any other." }),
    shown(names, (list) => h(Fragment, null,
      div({ class: "filters" },
        h(Choice, { name: "relationship", label: "Relationship", value: id, options: choices(list.items, id), any: "Choose one" }),
        id && a({ class: "button", href: relationshipHref(id) }, "See it today"),
        id && h(Bundle, { id, key: id })),
      cut(list, "relationship", "To travel in another, find it in the portfolio: its page leads here.")), { lines: 1 }),
    id ? h(Chosen, { id, query, key: id }) : Empty({ title: "Choose a relationship to travel in.", hint: "The sliders then lead through its whole history." }),
    h(Verification));
}
