/** The trust of groups over time, a line each. */
import { trust, words } from "../format.js";
import { colour } from "../theme.js";
import { h, tags, useCallback, useMemo } from "../ui.js";
import { axes, Canvas, TRUST_SCALES } from "./canvas.js";

const { li, span, ul } = tags;

/** As many as can be told apart. */
const COLOURS = ["--series-1", "--series-2", "--series-3", "--series-4", "--series-5", "--series-6", "--series-7", "--series-8"];
const DASHES = [[], [6, 4], [2, 3], [10, 3, 2, 3]];

const look = (index) => ({ name: COLOURS[index % COLOURS.length], dash: DASHES[Math.floor(index / COLOURS.length) % DASHES.length] });

/** @param {{ rows: any[], figure: "trustInThem" | "trustInUs" }} properties */
export function TrendChart({ rows, figure }) {
  const { keys, data } = useMemo(() => {
    const times = [...new Set(rows.map((row) => row.at))].sort();
    const names = [...new Set(rows.map((row) => row.key))].sort();
    const figures = new Map(rows.map((row) => [`${row.key} ${row.at}`, row[figure]]));
    return { keys: names, data: [times.map((at) => Date.parse(at) / 1000), ...names.map((key) => times.map((at) => figures.get(`${key} ${at}`) ?? null))] };
  }, [rows, figure]);
  const options = useCallback(() => ({
    series: [{}, ...keys.map((key, index) => ({ label: key, stroke: colour(look(index).name), dash: look(index).dash, width: 2.25, points: { show: false } }))],
    axes: axes("Mean trust"), scales: TRUST_SCALES, cursor: { drag: { x: false, y: false } },
  }), [keys]);
  const ends = keys.map((key, index) => ({ key, at: index, value: data[index + 1].findLast((each) => each !== null) }));
  return [
    h(Canvas, { key: "picture", label: `Mean trust over time. At the end: ${ends.map((end) => `${words(end.key)} ${trust(end.value)}`).join(", ")}.`, height: 340, options, data }),
    ul({ class: "legend", key: "legend" }, ends.map((end) =>
      li({ key: end.key }, span({ class: `swatch series-${(end.at % COLOURS.length) + 1}`, "aria-hidden": "true" }), `${words(end.key)} `, span({ class: "figure" }, trust(end.value))))),
  ];
}
