/** A year of trust in the height of a line, both ways; asked for when it comes into sight, a few at a time, and remembered. */
import { get } from "../api.js";
import { DAY, trust } from "../format.js";
import { useLive } from "../live.js";
import { h, tags, useEffect, useState } from "../ui.js";

const { span } = tags;

const AT_ONCE = 4;
const SETTLED = 120;
const WIDTH = 120;
const HEIGHT = 40;
/** What happens to trust hardly ever leaves this range; a line that does is cut. */
const [LEAST, MOST] = [0.15, 0.95];

/** Where trust is 0.5, the base rate. */
const MIDDLE = HEIGHT - 2 - ((0.5 - LEAST) / (MOST - LEAST)) * (HEIGHT - 4);

/** @type {Map<string, Promise<any>>} */
const courses = new Map();
let underWay = 0;
/** @type {(() => void)[]} */
const waiting = [];

async function inTurn(ask) {
  if (underWay >= AT_ONCE) await new Promise((resolve) => waiting.push(resolve));
  underWay++;
  try {
    return await ask();
  } finally {
    underWay--;
    waiting.shift()?.();
  }
}

/** @param {string} id */
function courseOf(id) {
  if (!courses.has(id)) {
    const from = new Date(Date.now() - 365 * DAY).toISOString();
    const asked = inTurn(() => get(`/relationships/${encodeURIComponent(id)}/trust`, { from, interval: "month" }));
    asked.catch(() => courses.delete(id));
    courses.set(id, asked);
  }
  return courses.get(id);
}

const line = (points, side) => points
  .map((point, index) => {
    const x = (index / Math.max(1, points.length - 1)) * (WIDTH - 4) + 2;
    const share = (Math.min(MOST, Math.max(LEAST, point[side].overall)) - LEAST) / (MOST - LEAST);
    const y = HEIGHT - 2 - share * (HEIGHT - 4);
    return `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`;
  })
  .join("");

/** @param {{ id: string, name: string }} properties */
export function Sparkline({ id, name }) {
  const [course, setCourse] = useState(null);
  const [round, setRound] = useState(0);
  useLive((event) => {
    if (event.relationshipId === id) {
      courses.delete(id);
      setRound((before) => before + 1);
    }
  });
  useEffect(() => {
    let wanted = true;
    // a row that only flies past while scrolling asks for nothing
    const timer = setTimeout(() => courseOf(id).then((told) => wanted && setCourse(told), () => wanted && setCourse(null)), SETTLED);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [id, round]);
  const points = course?.points ?? [];
  if (points.length === 0) return span({ class: "sparkline", "aria-hidden": "true" });
  const first = points[0];
  const last = points.at(-1);
  return h("svg", {
    class: "sparkline", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img",
    "aria-label": `Trust in ${name} over a year: from ${trust(first.inThem.overall)} to ${trust(last.inThem.overall)}; in us: from ${trust(first.inUs.overall)} to ${trust(last.inUs.overall)}`,
  },
    h("line", { class: "sparkline-middle", x1: 0, x2: WIDTH, y1: MIDDLE, y2: MIDDLE }),
    h("path", { class: "in-us", d: line(points, "inUs") }),
    h("path", { class: "in-them", d: line(points, "inThem") }));
}
