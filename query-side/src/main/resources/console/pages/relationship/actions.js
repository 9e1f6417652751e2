/** What can be recorded of a relationship, by whoever may. */
import { Dialog } from "../../components/dialog.js";
import { CommandForm, asInstant } from "../../components/form.js";
import { LEVELS, words } from "../../format.js";
import { session } from "../../session.js";
import { Fragment, h, tags, useState } from "../../ui.js";

const { button, p } = tags;

const OCCURRED = { name: "occurredAt", label: "When", type: "datetime-local", hint: "In UTC, as all times here. Left empty, it happened now.", read: asInstant };
const CHANNELS = ["MEETING", "CALL", "EMAIL", "VISIT", "EVENT", "OTHER"].map((channel) => [channel, words(channel)]);
const SENTIMENTS = [["", "Not said"], ["2", "Warm (+2)"], ["1", "Friendly (+1)"], ["0", "Neutral (0)"], ["-1", "Cool (−1)"], ["-2", "Hostile (−2)"]];

const names = (text) => text.split(",").map((name) => name.trim()).filter(Boolean);

/** @param {any} relationship */
function actionsFor(relationship) {
  const step = LEVELS.indexOf(relationship.declaredLevel);
  return [
    { text: "Log interaction", title: "Log an interaction", operation: "logInteraction", path: "interactions", main: true, fields: [
      { name: "channel", label: "Channel", type: "select", options: CHANNELS, value: "MEETING", required: true },
      { name: "summary", label: "What was said", type: "textarea", required: true },
      { name: "participants", label: "Participants", hint: "Names, separated by commas.", read: names },
      { name: "sentiment", label: "Sentiment", type: "select", options: SENTIMENTS, read: Number },
      OCCURRED,
    ] },
    { text: "Record commitment", title: "Record a commitment", operation: "recordCommitment", path: "commitments", fields: [
      { name: "madeBy", label: "Who promises", type: "select", options: [["US", "We do"], ["THEM", "They do"]], value: "US", required: true },
      { name: "statement", label: "What is promised", type: "textarea", required: true },
      { name: "dueOn", label: "Due on", type: "date", required: true },
      OCCURRED,
    ] },
    step < 2 && { text: "Upgrade", title: `Upgrade to ${words(LEVELS[step + 1]).toLowerCase()}`, operation: "upgradeRelationship", path: "upgrades", fields: [
      { name: "rationale", label: "Rationale", type: "textarea", required: true },
      session.may("assignManager") && { name: "overrideReason", label: "Reason to override what is unmet", type: "textarea", hint: "A head of relationships may upgrade all the same. The event keeps what was unmet." },
    ].filter(Boolean) },
  ].filter((action) => action && session.may(action.operation));
}

/** @param {{ relationship: any, done: () => void }} properties */
export function Actions({ relationship, done }) {
  const [open, setOpen] = useState(/** @type {any} */ (null));
  if (relationship.status !== "ACTIVE") return null;
  return h(Fragment, null,
    actionsFor(relationship).map((action) =>
      button({ key: action.path, type: "button", class: action.main ? "button button-main" : "button", onClick: () => setOpen(action) }, action.text)),
    open && h(Dialog, { title: open.title, close: () => setOpen(null) },
      p({ class: "muted" }, relationship.stakeholderName),
      h(CommandForm, {
        path: `/relationships/${encodeURIComponent(relationship.id)}/${open.path}`, fields: open.fields, action: open.text,
        done: () => {
          setOpen(null);
          done();
        },
      })));
}
