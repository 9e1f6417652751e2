/** Signing in: a form of our own for local users, a button that leads to the issuer otherwise. */
import { Failed, Loading } from "../components/states.js";
import { credentialsOfIssuer, isBackFromIssuer, leaveForIssuer, waysIn } from "../issuer.js";
import { place } from "../router.js";
import { basic, session } from "../session.js";
import { h, tags, useEffect, useState } from "../ui.js";

const { button, div, form, h1, input, label, main, p, section } = tags;

const REFUSED = {
  401: "The name or the password is wrong.",
  429: "Too many wrong passwords came from your address. Wait a minute, then try again.",
};

const NOT_NOW = "Rapport can't let you in at the moment. Try again in a minute.";

/** @param {Response | null} refusal */
const said = (refusal) => refusal && new Error(REFUSED[refusal.status] ?? NOT_NOW);

function PasswordForm({ notice }) {
  const [problem, setProblem] = useState(/** @type {Error | null} */ (null));
  const [busy, setBusy] = useState(false);

  async function submit(event) {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    setBusy(true);
    try {
      setProblem(said(await session.begin(basic(String(given.get("username")), String(given.get("password"))))));
    } catch {
      setProblem(new Error("Rapport does not answer. Is it running?"));
    }
    setBusy(false);
  }

  return form({ class: "form", onSubmit: submit },
    problem ? div({ class: "failed", role: "alert" }, p(problem.message)) : notice && p({ class: "notice", role: "status" }, notice),
    div({ class: "field" }, label({ for: "username" }, "Name"),
      input({ id: "username", name: "username", autocomplete: "username", required: true, autocapitalize: "none", spellcheck: false })),
    div({ class: "field" }, label({ for: "password" }, "Password"),
      input({ id: "password", name: "password", type: "password", autocomplete: "current-password", required: true })),
    button({ type: "submit", class: "button button-main", "aria-busy": busy ? "true" : undefined }, busy ? "Signing in…" : "Sign in"));
}

function IssuerForm({ signIn, problem, notice }) {
  const [failure, setFailure] = useState(problem);
  return div({ class: "form" },
    failure ? div({ class: "failed", role: "alert" }, p(failure.message)) : notice && p({ class: "notice", role: "status" }, notice),
    p("Your organization's identity provider tells Rapport who you are."),
    button({ type: "button", class: "button button-main", onClick: () => leaveForIssuer(signIn).catch(setFailure) }, "Sign in with your organization"));
}

/** What the issuer's answer comes to: credentials are kept, a problem is told. @returns {Promise<Error | null>} */
async function takeAnswer(signIn) {
  try {
    const credentials = await credentialsOfIssuer(signIn);
    if (credentials) session.keep(credentials);
    return null;
  } catch (problem) {
    return problem;
  } finally {
    place.set({ path: location.pathname, query: new URLSearchParams(location.search) });
  }
}

/** Finds out how one signs in, and goes on with what is under way: a session of this tab, or an issuer's answer. */
async function arrive() {
  const signIn = await waysIn();
  const isBack = signIn.way === "ISSUER" && isBackFromIssuer();
  const problem = isBack ? await takeAnswer(signIn) : null;
  let refusal;
  try {
    refusal = await session.begin();
  } catch {
    return { signIn, failure: new Error("Rapport does not answer. Is it running?") };
  }
  if (refusal && refusal.status !== 401) return { signIn, failure: new Error(NOT_NOW) };
  return { signIn, problem: problem ?? (isBack && refusal ? new Error("Rapport does not accept what your organization says of you.") : null) };
}

/** @param {{ looking: boolean, notice?: string }} properties */
export function SignIn({ looking, notice }) {
  const [found, setFound] = useState(/** @type {any} */ (null));
  useEffect(() => {
    document.title = "Sign in · Rapport";
    arrive().then(setFound, (failure) => setFound({ failure }));
  }, []);
  function anew() {
    session.end();
    setFound({ signIn: found.signIn });
  }
  return main({ class: "sign-in" },
    section({ class: "sign-in-card" },
      div({ class: "sign-in-brand" },
        h("svg", { viewBox: "0 0 320 120", class: "sign-in-picture", "aria-hidden": "true" },
          h("path", { class: "in-them", d: "M0 92c40-4 52-60 96-62s56 44 96 46 60-46 128-56" }),
          h("path", { class: "in-us", d: "M0 60c48 8 60 40 104 34s52-48 92-50 68 26 124 14" })),
        h1("Rapport"),
        p("The history of our relationships with those our results depend on, and whether trust in them is growing.")),
      found?.failure ? div({ class: "form" },
        Failed({ problem: found.failure, retry: () => location.reload() }),
        found.signIn && button({ type: "button", class: "button button-quiet", onClick: anew }, "Sign in anew"))
        : looking || !found ? Loading({ what: "Looking who you are" })
          : found.signIn.way === "ISSUER" ? h(IssuerForm, { ...found, notice }) : h(PasswordForm, { notice })));
}
