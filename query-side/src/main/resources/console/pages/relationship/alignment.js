/** How far self, self-perception and external perception match. */
import { getAll } from "../../api.js";
import { ViewsChart } from "../../charts/views-chart.js";
import { Empty, cut, shown } from "../../components/states.js";
import { date, number } from "../../format.js";
import { useAnswer } from "../../queries.js";
import { Fragment, h, tags } from "../../ui.js";

const { dd, div, dl, dt, h2, section, span } = tags;

/** What each gap means. */
const GAPS = [
  { field: "selfToSelfPerception", text: "We fool ourselves", of: "records against belief" },
  { field: "selfPerceptionToExternalPerception", text: "They see us otherwise", of: "belief against what they say" },
  { field: "selfToExternalPerception", text: "Our reputation differs from the facts", of: "records against what they say" },
];

const Assessment = ({ assessment }) =>
  section({ class: "card assessment" },
    h2(date(assessment.assessedAt), span({ class: "assessment-figure" }, `alignment ${number(assessment.alignment)}`)),
    h(ViewsChart, { assessment }),
    dl({ class: "facts" }, GAPS.map((gap) =>
      div({ key: gap.field, class: "fact" }, dt(gap.text), dd(number(assessment.gaps[gap.field]), span({ class: "muted" }, ` ${gap.of}`))))));

/** @param {{ id: string, round: number }} properties */
export function Alignment({ id, round }) {
  const path = `/relationships/${encodeURIComponent(id)}/alignment`;
  const answer = useAnswer((signal) => getAll(path, {}, signal), [path, round]);
  return shown(answer,
    (list) => h(Fragment, null, cut(list, "assessment"), list.items.map((assessment) => h(Assessment, { key: assessment.id, assessment }))),
    { empty: ({ items }) => items.length === 0 && Empty({ title: "Alignment was never assessed.", hint: "Score the same dimensions three times: by the records, by what we believe, by what they say." }) });
}
