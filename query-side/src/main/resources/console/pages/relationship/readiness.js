/** Whether the relationship is ready for a higher level, and what is missing. */
import { get } from "../../api.js";
import { Choice } from "../../components/fields.js";
import { Tag } from "../../components/signs.js";
import { Empty, shown } from "../../components/states.js";
import { LEVELS, words } from "../../format.js";
import { useAnswer } from "../../queries.js";
import { Fragment, h, tags } from "../../ui.js";

const { div, h2, li, section, span, strong, ul } = tags;

const Criterion = ({ criterion: { criterion, met, detail } }) =>
  li({ class: met ? "criterion met" : "criterion unmet" },
    span({ class: "criterion-sign", "aria-hidden": "true" }, met ? "✓" : "✕"),
    div(strong(words(criterion.replaceAll("-", " "))), span({ class: "visually-hidden" }, met ? " met" : " not met"), div({ class: "muted" }, detail)));

const Judged = ({ readiness }) =>
  section({ class: "card" },
    h2(words(readiness.to), " ", h(Tag, { tone: readiness.ready ? "good" : "warn" }, readiness.ready ? "ready" : `${readiness.criteria.filter((each) => !each.met).length} missing`)),
    ul({ class: "criteria" }, readiness.criteria.toSorted((one, other) => Number(one.met) - Number(other.met)).map((criterion) => h(Criterion, { key: criterion.criterion, criterion }))));

/** @param {{ id: string, relationship: any, query: URLSearchParams, round: number }} properties */
export function Readiness({ id, relationship, query, round }) {
  const next = LEVELS[Math.min(2, LEVELS.indexOf(relationship.declaredLevel) + 1)];
  const to = query.get("to") ?? next;
  const answer = useAnswer((signal) => get(`/relationships/${encodeURIComponent(id)}/readiness`, { to }, signal), [id, to, round]);
  return h(Fragment, null,
    div({ class: "filters" }, h(Choice, { name: "to", label: "For the level", value: to, options: LEVELS.slice(1).map((level) => [level, words(level)]) })),
    relationship.declaredLevel === "JOINT_VALUE" && Empty({ title: "It is run at the highest level already.", hint: "What that level asks for is still worth a look." }),
    shown(answer, (readiness) => h(Judged, { readiness })));
}
