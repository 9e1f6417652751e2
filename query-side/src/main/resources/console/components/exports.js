/** What is on screen, to take away: all of it, not a page. */
import { download } from "../api.js";
import { tags, useState } from "../ui.js";

const { button, div, p, span } = tags;

const FORMS = [
  { text: "CSV", accept: "text/csv", ending: "csv" },
  { text: "NDJSON", accept: "application/x-ndjson", ending: "ndjson" },
];
export const GRAPHML = { text: "GraphML", accept: "application/graphml+xml", ending: "graphml" };

/** @param {{ path: string, parameters: import("../api.js").Parameters, name: string, also?: typeof FORMS }} properties */
export function ExportButtons({ path, parameters, name, also = [] }) {
  const [problem, setProblem] = useState(/** @type {Error | null} */ (null));
  const take = (form) => download(path, parameters, form.accept, `${name}.${form.ending}`).then(() => setProblem(null), setProblem);
  return div({ class: "exports" },
    span({ class: "exports-label" }, "Export"),
    [...FORMS, ...also].map((form) => button({ key: form.text, type: "button", class: "button button-small", "aria-label": `Export as ${form.text}`, onClick: () => take(form) }, form.text)),
    problem && p({ role: "alert", class: "field-error" }, problem.message));
}
