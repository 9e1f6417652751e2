/** The small signs that mean the same wherever they stand. Colour never says it alone. */
import { LEVELS, trust, words } from "../format.js";
import { tags } from "../ui.js";

const { div, span } = tags;

const TREND_SIGNS = { RISING: "↗", FALLING: "↘", STEADY: "→", UNKNOWN: "?" };

/** @param {{ trend: string }} properties */
export const Trend = ({ trend }) =>
  span({ class: `trend trend-${trend.toLowerCase()}` },
    span({ "aria-hidden": "true" }, TREND_SIGNS[trend] ?? ""), ` ${words(trend)}`);

/** One to three steps. @param {{ level: string | null | undefined }} properties */
export function Level({ level }) {
  const steps = LEVELS.indexOf(level ?? "") + 1;
  return span({ class: "level" },
    span({ class: "level-steps", "aria-hidden": "true" },
      LEVELS.map((each, step) => span({ key: each, class: step < steps ? "step step-on" : "step" }))),
    span({ class: "level-name" }, level ? words(level) : "Not said"));
}

/** @param {{ tone?: "good" | "bad" | "warn" | "plain" }} properties */
export const Tag = ({ tone = "plain", children }) => span({ class: `tag tag-${tone}` }, children);

/** A figure of trust on its scale, with the interval that it lies in. @param {{ scores: any, side: "in-them" | "in-us", label: string }} properties */
export function TrustBar({ scores, side, label }) {
  if (!scores) return span({ class: "muted" }, "–");
  const percent = (value) => `${(value * 100).toFixed(1)}%`;
  return div({ class: `trust-bar ${side}` },
    span({ class: "trust-figure" }, span({ class: "visually-hidden" }, `${label}: `), trust(scores.overall)),
    span({ class: "trust-scale", "aria-hidden": "true" },
      span({ class: "trust-interval", style: { left: percent(scores.low), width: percent(scores.high - scores.low) } }),
      span({ class: "trust-point", style: { left: percent(scores.overall) } })));
}

/** @param {{ percent: number, label: string }} properties */
export const Progress = ({ percent, label }) =>
  div({ class: "progress", role: "progressbar", "aria-label": label, "aria-valuenow": Math.round(percent), "aria-valuemin": 0, "aria-valuemax": 100 },
    span({ class: "progress-done", style: { width: `${Math.min(100, percent)}%` } }));
