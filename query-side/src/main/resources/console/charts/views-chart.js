/** Alignment as three views on the same scale: what the records show, what we believe, what they say. */
import { number } from "../format.js";
import { tags } from "../ui.js";

const { div, li, span, ul } = tags;

export const VIEWS = [
  { field: "self", text: "Self (the records)", sign: "view-self" },
  { field: "selfPerception", text: "Self-perception (what we believe)", sign: "view-belief" },
  { field: "externalPerception", text: "External perception (what they say)", sign: "view-others" },
];

const Sign = ({ sign }) => span({ class: `view ${sign}`, "aria-hidden": "true" });

function Dimension({ dimension }) {
  const values = VIEWS.map((view) => dimension[view.field]);
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return li({ class: "dimension" },
    span({ class: "dimension-name" }, dimension.name),
    span({ class: "visually-hidden" }, VIEWS.map((view) => `${view.text} ${number(dimension[view.field])}`).join(", ")),
    span({ class: "dimension-scale", "aria-hidden": "true" },
      span({ class: "dimension-span", style: { left: `${least}%`, width: `${most - least}%` } }),
      VIEWS.map((view) => span({ key: view.field, class: "dimension-view", style: { left: `${dimension[view.field]}%` }, title: `${view.text}: ${number(dimension[view.field])}` }, Sign(view)))),
    span({ class: "dimension-gap" }, `gap ${number(dimension.gap)}`));
}

/** @param {{ assessment: any }} properties */
export const ViewsChart = ({ assessment }) =>
  div({ class: "views-chart" },
    ul({ class: "legend" }, VIEWS.map((view) => li({ key: view.field }, Sign(view), view.text))),
    ul({ class: "dimensions" }, assessment.dimensions.map((dimension) => Dimension({ dimension }))));
