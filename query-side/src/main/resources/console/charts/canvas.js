/** The frame that charts over time stand in: as wide as there is room, in the colours of the theme. */
import uPlot from "../lib/uplot.js";
import { useStore } from "../store.js";
import { colour, drawnTheme } from "../theme.js";
import { tags, useEffect, useRef } from "../ui.js";

const { div } = tags;

const FONT = "12px Inter, ui-sans-serif, system-ui, sans-serif";

/** The axes that every chart over time has. @param {string} label what is measured */
export function axes(label) {
  const common = { stroke: colour("--muted"), font: FONT, grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false } };
  return [
    { ...common, grid: { show: false }, space: 70 },
    { ...common, size: 40, label, labelSize: 18, labelFont: FONT, values: (_, ticks) => ticks.map((tick) => tick.toFixed(1)) },
  ];
}

/** The scale of trust, whatever it was. */
export const TRUST_SCALES = { x: { time: true }, y: { range: [0, 1] } };

/** Days as the rest of the screen writes them: in UTC. @param {number} seconds */
const utc = (seconds) => uPlot.tzDate(new Date(seconds * 1000), "Etc/UTC");

/**
 * @param {{ label: string, height: number, options: () => object, data: any[], drawn?: (chart: any) => void, children?: any }} properties
 *     label says in words what the picture shows; options are asked for anew when colours change
 */
export function Canvas({ label, height, options, data, drawn, children }) {
  const frame = useRef(/** @type {HTMLElement | null} */ (null));
  const theme = useStore(drawnTheme);
  const told = useRef(drawn);
  told.current = drawn;
  useEffect(() => {
    const element = frame.current;
    const chart = new uPlot({
      width: Math.max(240, element.clientWidth), height, legend: { show: false }, tzDate: utc,
      ...options(), hooks: { draw: [(each) => told.current?.(each)] },
    }, data, element);
    const sized = new ResizeObserver(() => {
      if (element.clientWidth > 0 && element.clientWidth !== chart.width) chart.setSize({ width: Math.max(240, element.clientWidth), height });
    });
    sized.observe(element);
    return () => {
      sized.disconnect();
      chart.destroy();
    };
  }, [data, options, height, theme]);
  return div({ class: "canvas" }, div({ class: "canvas-picture", role: "img", "aria-label": label, ref: frame }), children);
}
