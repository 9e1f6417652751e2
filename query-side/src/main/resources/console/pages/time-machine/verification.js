/** Has the whole log recomputed against its signed checkpoints. */
import { get, getText, post } from "../../api.js";
import { Progress, Tag } from "../../components/signs.js";
import { Failed } from "../../components/states.js";
import { count, number } from "../../format.js";
import { useAnswer } from "../../queries.js";
import { h, tags, useEffect, useState } from "../../ui.js";

const { button, code, details, div, h2, p, pre, section, summary } = tags;

const AGAIN = 300;
const UNDER_WAY = new Set(["WAITING", "RUNNING"]);

/** The verification, asked for until it is over. */
function useVerification() {
  const [verification, setVerification] = useState(/** @type {any} */ (null));
  const [problem, setProblem] = useState(/** @type {Error | null} */ (null));
  useEffect(() => {
    if (!verification || !UNDER_WAY.has(verification.state)) return undefined;
    const timer = setTimeout(() => get(`/audit/verifications/${verification.id}`).then(setVerification, setProblem), AGAIN);
    return () => clearTimeout(timer);
  }, [verification]);
  function start() {
    setProblem(null);
    post("/audit/verifications", {}).then(setVerification, setProblem);
  }
  return { verification, problem, start };
}

function Outcome({ verification }) {
  const { state, percent, mismatch } = verification;
  const busy = UNDER_WAY.has(state);
  return div({ class: "verification", role: "status" },
    h(Progress, { percent: busy ? percent : 100, label: "Verification" }),
    p(h(Tag, { tone: state === "MATCHES" ? "good" : busy ? "plain" : "bad" }, { MATCHES: "the log matches", DIFFERS: "the log differs", FAILED: "it failed" }[state] ?? "under way"), " ", verification.summary),
    p({ class: "muted" }, `${count(verification.eventsVerified ?? 0, "event")} of ${number(verification.events)}, ${count(verification.checkpointsVerified ?? 0, "checkpoint")}${verification.eventsPerSecond ? `, ${number(verification.eventsPerSecond)} events/s` : ""}`),
    mismatch && p({ class: "field-error" }, `Position ${mismatch.position}: ${mismatch.detail}`));
}

/** Who wants to be able to tell later keeps this elsewhere. */
const Checkpoint = ({ answer }) =>
  answer.data && details({ class: "checkpoint" }, summary("The newest signed checkpoint"), pre({ tabIndex: 0 }, code(answer.data)));

export function Verification() {
  const { verification, problem, start } = useVerification();
  const checkpoint = useAnswer(() => getText("/audit/checkpoint"), []);
  const busy = verification && UNDER_WAY.has(verification.state);
  return section({ class: "card", "aria-label": "Verification" },
    h2("Was the log tampered with?"),
    p({ class: "muted" }, "Every event is a leaf of a Merkle tree whose root is signed as the log grows. Verifying recomputes all of it."),
    button({ type: "button", class: "button button-main", onClick: start, disabled: busy }, busy ? "Verifying…" : "Verify the whole log"),
    problem && Failed({ problem }),
    verification && h(Outcome, { verification }),
    h(Checkpoint, { answer: checkpoint }));
}
