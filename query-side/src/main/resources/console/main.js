/** Where the console begins: who is signed in, and what the address asks for. */
import { forget } from "./api.js";
import { PageHead, Shell } from "./components/shell.js";
import { followLog } from "./live.js";
import { place } from "./router.js";
import { session, standing } from "./session.js";
import { useStore } from "./store.js";
import { Fragment, h, render, tags, useEffect, useState } from "./ui.js";
import { Empty, Failed, Loading } from "./components/states.js";
import { SignIn } from "./pages/sign-in.js";

const { a } = tags;

/** The pages by their addresses; each is loaded when it is first gone to. @type {[RegExp, () => Promise<any>][]} */
const ROUTES = [
  [/^\/(console)?$/, () => import("./pages/portfolio.js").then((page) => page.Portfolio)],
  [/^\/console\/relationships\/(?<id>[^/]+)$/, () => import("./pages/relationship.js").then((page) => page.Relationship)],
  [/^\/console\/time-machine$/, () => import("./pages/time-machine.js").then((page) => page.TimeMachine)],
  [/^\/console\/reports$/, () => import("./pages/reports.js").then((page) => page.Reports)],
  [/^\/console\/operations$/, () => import("./pages/operations.js").then((page) => page.Operations)],
];

const Nowhere = () => h(Fragment, null,
  PageHead({ title: "Nothing is here" }),
  Empty({ title: "The console has no such page.", hint: a({ href: "/" }, "Go to the portfolio") }));

function Page({ path, query }) {
  const [page, setPage] = useState(/** @type {any} */ ({}));
  const [load, found] = routeTo(path);
  useEffect(() => {
    let wanted = true;
    load().then((Component) => wanted && setPage({ load, Component }), (problem) => wanted && setPage({ load, problem }));
    return () => {
      wanted = false;
    };
  }, [load]);
  if (page.problem) return Failed({ problem: new Error("This page could not be loaded. Reload it; Rapport may have been updated.") });
  if (page.load !== load) return Loading({ lines: 6 });
  return h(page.Component, { key: path, query, ...found });
}

const nowhere = () => Promise.resolve(Nowhere);

function routeTo(path) {
  for (const [address, load] of ROUTES) {
    const match = address.exec(path);
    if (match) return [load, match.groups ? { id: decodeURIComponent(match.groups.id) } : {}];
  }
  return [nowhere, {}];
}

/** Who operates sees no business: the portfolio's address leads to what there is for them. */
const startOf = (path) => (path === "/" && !session.may("listRelationships") ? "/console/operations" : path);

function Console() {
  const { state, caller, notice } = useStore(standing);
  const { path, query } = useStore(place);
  useEffect(() => {
    if (state !== "in") return forget();
    return followLog();
  }, [state, caller?.subject]);
  if (state !== "in") return h(SignIn, { looking: state === "looking", notice });
  const shown = startOf(path);
  return h(Shell, { path: shown }, h(Page, { path: shown, query }));
}

const root = document.getElementById("console");
root.replaceChildren();
render(h(Console, null), root);
