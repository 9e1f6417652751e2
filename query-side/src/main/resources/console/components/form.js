/** Forms that show each problem where it belongs: at its field, or above all when it is about none. */
import { newKey, post } from "../api.js";
import { h, newId, tags, useRef, useState } from "../ui.js";

const { button, div, form, input, label, li, option, p, select, span, strong, textarea, ul } = tags;

/**
 * @typedef {object} Field
 * @property {string} name as the API calls it
 * @property {string} label
 * @property {"text" | "textarea" | "date" | "datetime-local" | "select" | "number"} [type]
 * @property {string} [hint]
 * @property {boolean} [required]
 * @property {[string, string][]} [options] value and text
 * @property {string} [value]
 * @property {(text: string) => unknown} [read] from the text to what the API takes
 */

/** The problem of a request whose first sending is still being dealt with. */
const IN_FLIGHT = "/problems/request-in-flight";

/** The name of the field that an error's JSON pointer is about. @param {string | undefined} pointer */
const fieldOf = (pointer) => pointer?.split("/")[1] ?? "";

function Control({ field, id, value, change, described, invalid }) {
  const common = {
    id, name: field.name, value, required: false, "aria-required": field.required ? "true" : undefined,
    "aria-describedby": described || undefined, "aria-invalid": invalid ? "true" : undefined,
    onInput: (event) => change(event.currentTarget.value),
  };
  if (field.type === "textarea") return textarea({ ...common, rows: 4 });
  if (field.type === "select") {
    return select(common, field.options.map(([each, text]) => option({ key: each, value: each, selected: each === value }, text)));
  }
  return input({ ...common, type: field.type ?? "text", autocomplete: "off" });
}

function Labelled({ field, value, change, errors }) {
  const [id] = useState(() => newId("field"));
  const hintId = field.hint && `${id}-hint`;
  const errorId = errors.length > 0 && `${id}-error`;
  return div({ class: errors.length > 0 ? "field field-wrong" : "field" },
    label({ for: id }, field.label, !field.required && span({ class: "optional" }, " optional")),
    field.hint && p({ class: "hint", id: hintId }, field.hint),
    h(Control, { field, id, value, change, described: [hintId, errorId].filter(Boolean).join(" "), invalid: errors.length > 0 }),
    errorId && p({ class: "field-error", id: errorId }, errors.map((error) => sentence(error.detail)).join(" ")));
}

/** @param {string} detail */
const sentence = (detail) => detail.charAt(0).toUpperCase() + detail.slice(1).replace(/[^.!?]$/, "$&.");

/** What is wrong with no field of the form. */
function General({ problem, names }) {
  const elsewhere = problem.errors?.filter((error) => !names.includes(fieldOf(error.pointer))) ?? [];
  return div({ class: "failed", role: "alert", tabIndex: -1 },
    strong(problem.title ?? "It was not recorded"),
    p(problem.message),
    elsewhere.length > 0 && ul(elsewhere.map((error, index) => li({ key: index }, `${fieldOf(error.pointer)} ${error.detail}`))),
    problem.unmet?.length > 0 && ul({ class: "criteria" },
      problem.unmet.map((unmet) => li({ key: unmet.criterion, class: "criterion unmet" }, unmet.detail))));
}

/**
 * A form for one command.
 * @param {{ path: string, fields: Field[], action: string, done: (answer: any) => void, fixed?: Record<string, unknown>, danger?: boolean }} properties
 */
export function CommandForm({ path, fields, action, done, fixed = {}, danger = false }) {
  const [values, setValues] = useState(() => Object.fromEntries(fields.map((field) => [field.name, field.value ?? ""])));
  const [problem, setProblem] = useState(/** @type {any} */ (null));
  const [busy, setBusy] = useState(false);
  const key = useRef(newKey());
  const element = useRef(/** @type {HTMLFormElement | null} */ (null));
  const names = fields.map((field) => field.name);

  async function submit(event) {
    event.preventDefault();
    if (busy) return;
    setBusy(true);
    try {
      const read = fields.map((field) => [field.name, field.read && values[field.name] !== "" ? field.read(values[field.name]) : values[field.name]]);
      done(await post(path, { ...fixed, ...Object.fromEntries(read) }, key.current));
    } catch (failure) {
      // what was refused is another request when it is sent again, since its refusal is kept under its key; of no answer nobody knows what
      // became of the request, and with the same key it is safe to repeat
      if (failure.status >= 400 && failure.status < 500 && failure.type !== IN_FLIGHT) key.current = newKey();
      setProblem(failure);
      setTimeout(() => element.current?.querySelector("[aria-invalid=true], [role=alert]")?.focus());
    }
    setBusy(false);
  }

  function change(name, value) {
    key.current = newKey();
    setValues((before) => ({ ...before, [name]: value }));
  }

  return form({ class: "form", ref: element, onSubmit: submit, noValidate: true },
    problem && General({ problem, names }),
    fields.map((field) => h(Labelled, {
      key: field.name, field, value: values[field.name], change: (value) => change(field.name, value),
      errors: problem?.errors?.filter((error) => fieldOf(error.pointer) === field.name) ?? [],
    })),
    div({ class: "form-end" },
      button({ type: "submit", class: danger ? "button button-danger" : "button button-main", "aria-busy": busy ? "true" : undefined }, busy ? "Recording…" : action)));
}

/** A date and time without a zone, in UTC as everything on screen. @param {string} text */
export const asInstant = (text) => new Date(`${text}Z`).toISOString();
