/** The performance network: us in the middle, the others on a ring for each level, in a sector for each group; thick lines are dependence. */
import { LEVELS, count, trust, words } from "../format.js";
import { relationshipHref } from "../router.js";
import { h } from "../ui.js";

const WIDTH = 960;
const HEIGHT = 660;
const CENTRE = { x: WIDTH / 2, y: HEIGHT / 2 };
const RINGS = { JOINT_VALUE: 115, ADDED_VALUE: 200, TRANSACTIONAL: 285 };
const MOST = 60;

const need = (edge) => edge.dependence?.ourDependence ?? 0;

/** Trust as a colour in five steps, which the legend names. @param {number | undefined} figure */
const step = (figure) => (figure === undefined ? "unknown" : String(Math.min(5, Math.floor(figure * 5) + 1)));

/** Where each edge ends: groups side by side around the circle, a place for each. */
function arranged(edges) {
  const sorted = edges.toSorted((one, other) =>
    one.stakeholderGroup.localeCompare(other.stakeholderGroup) || LEVELS.indexOf(other.declaredLevel) - LEVELS.indexOf(one.declaredLevel) || one.stakeholderName.localeCompare(other.stakeholderName));
  return sorted.map((edge, index) => {
    const angle = ((index + 0.5) / sorted.length) * 2 * Math.PI - Math.PI / 2; // nobody at the top, where the rings have their names
    const radius = RINGS[edge.declaredLevel];
    return { edge, x: CENTRE.x + radius * 1.25 * Math.cos(angle), y: CENTRE.y + radius * Math.sin(angle), size: 7 + need(edge) / 8 };
  });
}

const Ring = ([level, radius]) => [
  h("ellipse", { key: level, class: "ring", cx: CENTRE.x, cy: CENTRE.y, rx: radius * 1.25, ry: radius }),
  h("text", { key: `${level} name`, class: "ring-name", x: CENTRE.x, y: CENTRE.y - radius - 6, "text-anchor": "middle" }, words(level)),
];

function Node({ edge, x, y, size }) {
  const isLeft = x < CENTRE.x - 10;
  const said = `${edge.stakeholderName}: ${words(edge.declaredLevel)}, trust in them ${trust(edge.inThem?.overall)}, we depend on them ${need(edge)} of 100`;
  return h("a", { href: relationshipHref(edge.relationshipId), key: edge.relationshipId, "aria-label": said, class: "node" },
    h("title", null, said),
    h("circle", { cx: x, cy: y, r: size, class: `trust-step-${step(edge.inThem?.overall)}` }),
    h("text", { x: x + (isLeft ? -size - 6 : size + 6), y: y + 4, "text-anchor": isLeft ? "end" : "start" }, edge.stakeholderName));
}

/** @param {{ network: any }} properties */
export function NetworkMap({ network }) {
  const edges = network.edges.toSorted((one, other) => need(other) - need(one)).slice(0, MOST);
  const places = arranged(edges);
  const left = network.edges.length - edges.length;
  return h("figure", { class: "network" },
    h("svg", { viewBox: `-130 0 ${WIDTH + 260} ${HEIGHT}`, class: "network-map", role: "group", "aria-label": `The network: ${count(network.edges.length, "relationship")}` },
      Object.entries(RINGS).map(Ring),
      places.map(({ edge, x, y }) => h("line", { key: edge.relationshipId, class: "edge", x1: CENTRE.x, y1: CENTRE.y, x2: x, y2: y, "stroke-width": 0.75 + need(edge) / 18 })),
      h("circle", { class: "us", cx: CENTRE.x, cy: CENTRE.y, r: 30 }),
      h("text", { class: "us-name", x: CENTRE.x, y: CENTRE.y + 5, "text-anchor": "middle" }, "Us"),
      places.map(Node)),
    h("figcaption", null,
      "Nearer is deeper. Large dots and thick lines: we depend on them. ",
      h("span", { class: "trust-legend" }, "Trust in them ",
        ["0.0", "0.2", "0.4", "0.6", "0.8"].map((from, index) => h("span", { key: from }, h("span", { class: `swatch trust-step-${index + 1}`, "aria-hidden": "true" }), `${from}+ `))),
      left > 0 && ` ${count(left, "relationship")} that we depend on less are not drawn; the export has all.`));
}
