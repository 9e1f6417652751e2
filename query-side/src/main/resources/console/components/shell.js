/** What is around every page: where one can go, whether events come in, who is signed in. */
import { words } from "../format.js";
import { liveness } from "../live.js";
import { session, standing } from "../session.js";
import { useStore } from "../store.js";
import { choice, isDark, toggleTheme } from "../theme.js";
import { Fragment, h, tags, useEffect, useRef } from "../ui.js";

const { a, button, div, h1, header, main, nav, p, span } = tags;

/** Pages, and the operation without which a page would be empty. */
const PAGES = [
  { href: "/", text: "Portfolio", needs: "listRelationships", is: (path) => path === "/" || path.startsWith("/console/relationships") },
  { href: "/console/reports", text: "Reports", needs: "reportPortfolio", is: (path) => path.startsWith("/console/reports") },
  { href: "/console/time-machine", text: "Time machine", needs: "showStateAsOf", is: (path) => path === "/console/time-machine" },
  { href: "/console/operations", text: "Operations", needs: "listProcessors", is: (path) => path === "/console/operations" },
];

const LIVENESS = { live: "Live", waiting: "Reconnecting", off: "" };

function Live() {
  const state = useStore(liveness);
  return state !== "off" && span({ class: `live live-${state}`, role: "status" }, span({ class: "live-dot", "aria-hidden": "true" }), LIVENESS[state]);
}

function ThemeButton() {
  useStore(choice);
  const other = isDark() ? "light" : "dark";
  return button({ type: "button", class: "button button-quiet theme", onClick: toggleTheme, "aria-label": `Switch to ${other} colours` },
    span({ "aria-hidden": "true" }, isDark() ? "☀" : "☾"));
}

/** The wordmark: two lines that cross, trust both ways. */
const Mark = () => h("svg", { viewBox: "0 0 32 22", class: "mark", "aria-hidden": "true" },
  h("path", { class: "in-them", d: "M2 18c6 0 8-14 14-14s8 8 14 3" }),
  h("path", { class: "in-us", d: "M2 7c6 0 8 11 14 11s8-7 14-4" }));

/** @param {{ path: string, children?: any }} properties */
export function Shell({ path, children }) {
  const { caller } = useStore(standing);
  return h(Fragment, null,
    a({ class: "skip", href: "#content" }, "Skip to content"),
    header({ class: "top" },
      a({ class: "wordmark", href: "/" }, Mark(), "Rapport"),
      nav({ "aria-label": "Pages", class: "pages" },
        PAGES.filter((page) => session.may(page.needs)).map((page) =>
          a({ key: page.href, href: page.href, "aria-current": page.is(path) ? "page" : undefined }, page.text))),
      div({ class: "who" },
        h(Live),
        h(ThemeButton),
        span({ class: "caller" }, span({ class: "caller-name" }, caller.subject), span({ class: "caller-roles" }, caller.roles.map(words).join(", "))),
        button({ type: "button", class: "button button-quiet", onClick: () => session.end() }, "Sign out"))),
    main({ id: "content", tabIndex: -1 }, children));
}

/** The heading of a page, which gets the focus when the page is gone to. @param {{ title: string, lead?: unknown, aside?: unknown, before?: unknown }} properties */
export function PageHead({ title, lead, aside, before }) {
  const heading = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    document.title = `${title} · Rapport`;
  }, [title]);
  useEffect(() => {
    if (document.activeElement === document.body || document.activeElement?.closest(".pages, main")) heading.current?.focus({ preventScroll: true });
  }, []);
  return div({ class: "page-head" },
    div(before, h1({ ref: heading, tabIndex: -1 }, title), lead && p({ class: "lead" }, lead)),
    aside && div({ class: "page-aside" }, aside));
}
