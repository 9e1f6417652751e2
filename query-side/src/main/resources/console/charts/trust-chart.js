/** Trust both ways over time: a line each, the interval that it lies in, the strands, and the evidence that moved it. */
import { date, trust } from "../format.js";
import { colour } from "../theme.js";
import { h, tags, useCallback, useMemo, useRef, useState } from "../ui.js";
import { axes, Canvas, TRUST_SCALES } from "./canvas.js";

const { button, div, p, span, strong } = tags;

const STRANDS = ["contractual", "competence", "goodwill"];
const DASHES = { contractual: [2, 3], competence: [7, 3], goodwill: [9, 3, 2, 3] };
const HEIGHT = 320;

/** @typedef {{ at: string, side: "inThem" | "inUs", isFor: boolean, what: string, said: string, key: string }} Mark */

const STYLE = { inThem: "--in-them", inUs: "--in-us" };

/** @param {string[]} sides @param {boolean} withStrands */
function seriesOf(sides, withStrands) {
  const series = [{}];
  const bands = [];
  const columns = [];
  for (const side of sides) {
    const first = series.length;
    series.push({ label: side, stroke: colour(STYLE[side]), width: 2.5, points: { show: false } });
    series.push({ stroke: "transparent", points: { show: false } }, { stroke: "transparent", points: { show: false } });
    bands.push({ series: [first + 2, first + 1], fill: colour(STYLE[side], 0.13) });
    columns.push([side, "overall"], [side, "low"], [side, "high"]);
    for (const strand of withStrands ? STRANDS : []) {
      series.push({ stroke: colour(STYLE[side], 0.85), width: 1.25, dash: DASHES[strand], points: { show: false } });
      columns.push([side, strand]);
    }
  }
  return { series, bands, columns };
}

/** The figure at a time between two points of the curve. */
function between(points, side, seconds) {
  const after = points.findIndex((point) => Date.parse(point.at) / 1000 >= seconds);
  if (after <= 0) return points[after < 0 ? points.length - 1 : 0][side].overall;
  const [left, right] = [points[after - 1], points[after]];
  const [from, to] = [Date.parse(left.at) / 1000, Date.parse(right.at) / 1000];
  const share = to === from ? 1 : (seconds - from) / (to - from);
  return left[side].overall + share * (right[side].overall - left[side].overall);
}

function placed(chart, points, marks) {
  const scale = devicePixelRatio;
  const { left, top } = { left: chart.bbox.left / scale, top: chart.bbox.top / scale };
  return marks
    .map((mark) => ({ mark, seconds: Date.parse(mark.at) / 1000 }))
    .filter(({ seconds }) => seconds >= chart.scales.x.min && seconds <= chart.scales.x.max)
    .map(({ mark, seconds }) => ({
      mark,
      x: left + chart.valToPos(seconds, "x"),
      y: top + chart.valToPos(between(points, mark.side, seconds), "y"),
    }));
}

/** One piece of evidence on the curve. Only the one that is current can be tabbed to; arrows lead to the others. */
function Marks({ places, chosen, choose }) {
  const group = useRef(/** @type {HTMLElement | null} */ (null));
  const current = Math.max(0, places.findIndex(({ mark }) => mark.key === chosen?.mark.key));
  function move(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1, Home: -places.length, End: places.length }[event.key];
    if (event.key === "Escape") choose(null);
    if (!step) return;
    event.preventDefault();
    const next = Math.min(places.length - 1, Math.max(0, current + step));
    choose(places[next]);
    /** @type {HTMLElement} */ (group.current?.children[next])?.focus();
  }
  return div({ class: "marks", role: "group", "aria-label": "Evidence on the curve; arrow keys lead from one to the next", ref: group, onKeyDown: move },
    places.map((place, index) => button({
      key: place.mark.key, type: "button", tabIndex: index === current ? 0 : -1,
      class: `mark-on-curve ${place.mark.isFor ? "for" : "against"} ${place.mark.side === "inThem" ? "in-them" : "in-us"}`,
      style: { left: `${place.x}px`, top: `${place.y}px` },
      "aria-label": `${date(place.mark.at)}: ${place.mark.what}. ${place.mark.said}`,
      onMouseEnter: () => choose(place), onFocus: () => choose(place), onMouseLeave: () => choose(null), onBlur: () => choose(null),
    })));
}

const Explanation = ({ place: { mark, x, y } }) =>
  div({ class: `tip ${x > 420 ? "tip-left" : ""}`, style: { left: `${x}px`, top: `${y}px` }, "aria-hidden": "true" },
    span({ class: "tip-date" }, date(mark.at)),
    strong(mark.what),
    p(mark.said),
    span({ class: mark.isFor ? "tip-for" : "tip-against" },
      `${mark.isFor ? "For" : "Against"} ${mark.side === "inThem" ? "our trust in them" : "what they can trust us for"}`));

/**
 * @param {{ points: any[], marks: Mark[], sides: ("inThem" | "inUs")[], withStrands: boolean, name: string }} properties
 */
export function TrustChart({ points, marks, sides, withStrands, name }) {
  const [places, setPlaces] = useState([]);
  const [chosen, setChosen] = useState(null);
  const shownMarks = useMemo(() => marks.filter((mark) => sides.includes(mark.side)), [marks, sides.join()]);
  const data = useMemo(() => {
    const { columns } = seriesOf(sides, withStrands);
    return [points.map((point) => Date.parse(point.at) / 1000), ...columns.map(([side, figure]) => points.map((point) => point[side][figure]))];
  }, [points, sides.join(), withStrands]);
  const options = useCallback(() => {
    const { series, bands } = seriesOf(sides, withStrands);
    return { series, bands, axes: axes("Trust"), scales: TRUST_SCALES, cursor: { points: { size: 7 }, drag: { x: false, y: false } } };
  }, [sides.join(), withStrands]);
  const last = points.at(-1);
  return h(Canvas, {
    label: `Trust between us and ${name} from ${date(points[0].at)} to ${date(last.at)}. At the end our trust in them is ${trust(last.inThem.overall)}, what they can trust us for ${trust(last.inUs.overall)}.`,
    height: HEIGHT, options, data, drawn: (chart) => setPlaces(placed(chart, points, shownMarks)),
  }, h(Marks, { places, chosen, choose: setChosen }), chosen && h(Explanation, { place: chosen }));
}
