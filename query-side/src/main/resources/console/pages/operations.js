/** Operations: whether the read models keep up, building them anew, and events that could not be taken in. No business data. */
import { get, getAll, post } from "../api.js";
import { Dialog } from "../components/dialog.js";
import { CommandForm } from "../components/form.js";
import { PageHead } from "../components/shell.js";
import { Progress, Tag } from "../components/signs.js";
import { Empty, Failed, cut, shown } from "../components/states.js";
import { count, number, time, words } from "../format.js";
import { useAnswer, useEvery } from "../queries.js";
import { session } from "../session.js";
import { Fragment, h, tags, useState } from "../ui.js";

const { button, div, h2, li, p, section, span, strong, table, tbody, td, th, thead, tr, ul } = tags;

const LOOK_AGAIN = 2000;
const LOOK_CLOSELY = 500;
const UNDER_WAY = new Set(["WAITING", "FILLING", "FOLLOWING", "COMPARING"]);
const REBUILD_TONES = { DONE: "good", FAILED: "bad", REFUSED: "bad", CANCELLED: "warn" };

const Processor = ({ processor }) => tr(
  th({ scope: "row" }, processor.name),
  td(h(Tag, { tone: processor.error ? "bad" : processor.lagEvents > 0 ? "warn" : "good" }, processor.error ? "in error" : processor.lagEvents > 0 ? "behind" : "up to date")),
  td({ class: "number" }, number(processor.position)), td({ class: "number" }, number(processor.lagEvents)), td({ class: "number" }, number(processor.lagSeconds)),
  td({ class: "number" }, number(processor.eventsPerSecond)), td({ class: "number" }, processor.segments.length), td(processor.error ?? ""));

function Processors() {
  const answer = useAnswer((signal) => get("/operations/processors", {}, signal), []);
  useEvery(answer.reload, LOOK_AGAIN);
  return section({ class: "card" },
    h2("Processors"),
    shown(answer, ({ items }) => div({ class: "table-frame", tabIndex: 0, role: "region", "aria-label": "Processors" },
      table({ class: "plain" },
        thead(tr([["Processor"], [""], ["Position", 1], ["Events behind", 1], ["Seconds behind", 1], ["Events/s", 1], ["Segments", 1], ["Error"]].map(([text, isNumber]) =>
          text ? th({ key: text, scope: "col", class: isNumber && "number" }, text) : td({ key: "state" })))),
        tbody(items.map((processor) => h(Processor, { key: processor.name, processor }))))),
    { empty: ({ items }) => items.length === 0 && Empty({ title: "No processor runs here." }) }));
}

function Rebuild({ rebuild, reload }) {
  const [problem, setProblem] = useState(/** @type {Error | null} */ (null));
  const busy = UNDER_WAY.has(rebuild.state);
  const cancel = () => post(`/operations/rebuilds/${rebuild.id}/cancellations`, {}).then(reload, setProblem);
  return li({ class: "rebuild" },
    div({ class: "rebuild-head" }, h(Tag, { tone: REBUILD_TONES[rebuild.state] ?? "plain" }, words(rebuild.state).toLowerCase()),
      strong(rebuild.reason ?? "No reason given"), span({ class: "muted" }, `asked for by ${rebuild.requestedBy}, ${time(rebuild.requestedAt)}`)),
    busy && h(Progress, { percent: rebuild.percent ?? 0, label: `Rebuild, ${words(rebuild.state).toLowerCase()}` }),
    p({ class: "muted" }, `${number(rebuild.percent)} %, ${count(rebuild.eventsDone ?? 0, "event")} of ${number(rebuild.events)}`,
      rebuild.eventsPerSecond > 0 && `, ${number(rebuild.eventsPerSecond)} events/s`, busy && rebuild.secondsLeft > 0 && `, ${count(rebuild.secondsLeft, "second")} left`,
      rebuild.differences > 0 && `, ${count(rebuild.differences, "difference")}`),
    rebuild.error && p({ class: "field-error" }, rebuild.error),
    busy && session.may("cancelRebuild") && button({ type: "button", class: "button button-small", onClick: cancel }, "Cancel this rebuild"),
    problem && h(Failed, { problem }));
}

function Rebuilds() {
  const [asking, setAsking] = useState(false);
  const answer = useAnswer((signal) => get("/operations/rebuilds", { limit: 10 }, signal), []);
  const busy = answer.data?.items.some((rebuild) => UNDER_WAY.has(rebuild.state));
  useEvery(answer.reload, busy ? LOOK_CLOSELY : LOOK_AGAIN);
  return section({ class: "card" },
    h2("Rebuilds"),
    p({ class: "muted" }, "Read models can be made anew from the events at any time. The old ones go on answering until the new ones are complete and were compared with them."),
    session.may("startRebuild") && button({ type: "button", class: "button button-main", disabled: busy, onClick: () => setAsking(true) }, "Rebuild the read models"),
    shown(answer, ({ items }) => ul({ class: "rebuilds" }, items.map((rebuild) => h(Rebuild, { key: rebuild.id, rebuild, reload: answer.reload }))),
      { empty: ({ items }) => items.length === 0 && Empty({ title: "They were never rebuilt." }) }),
    asking && h(Dialog, { title: "Rebuild the read models", close: () => setAsking(false) },
      h(CommandForm, {
        path: "/operations/rebuilds", action: "Start the rebuild", fields: [{ name: "reason", label: "Reason", type: "textarea" }],
        done: () => {
          setAsking(false);
          answer.reload();
        },
      })));
}

function DeadLetter({ letter, reload }) {
  const [problem, setProblem] = useState(/** @type {Error | null} */ (null));
  const deal = (how) => post(`/operations/dead-letters/${encodeURIComponent(letter.id)}/${how}`, {}).then(reload, setProblem);
  return li({ class: "dead-letter" },
    strong(`${words(letter.type)} at ${letter.position}`), span({ class: "muted" }, ` held since ${time(letter.heldSince)}, ${count(letter.behind, "event")} behind it`),
    p({ class: "field-error" }, letter.error),
    div({ class: "commitment-ends" },
      session.may("retryDeadLetter") && button({ type: "button", class: "button button-small", onClick: () => deal("retries") }, "Try again"),
      session.may("discardDeadLetter") && button({ type: "button", class: "button button-small button-danger", onClick: () => deal("discards") }, "Leave it out")),
    problem && h(Failed, { problem }));
}

function DeadLetters() {
  const answer = useAnswer((signal) => getAll("/operations/dead-letters", {}, signal), []);
  useEvery(answer.reload, LOOK_AGAIN * 5);
  return section({ class: "card" },
    h2("Dead letters"),
    shown(answer, (list) => h(Fragment, null,
      cut(list, "dead letter"),
      ul({ class: "dead-letters" }, list.items.map((letter) => h(DeadLetter, { key: letter.id, letter, reload: answer.reload })))),
      { empty: ({ items }) => items.length === 0 && Empty({ title: "None: every event was taken in." }) }));
}

export const Operations = () => h(Fragment, null,
  h(PageHead, { title: "Operations", lead: "Whether what is told keeps up with what was recorded." }),
  h(Processors), h(Rebuilds), h(DeadLetters));
