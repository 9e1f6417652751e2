/** Fields of filters, which act as soon as they change, and have the address keep their value. */
import { go, hereWith } from "../router.js";
import { newId, tags, useState } from "../ui.js";

const { div, input, label, option, select } = tags;

/** @param {Record<string, unknown>} change */
const refine = (change) => go(hereWith(change), { replace: true });

/** @param {{ name: string, label: string, value: string | null, options: [string, string][], any?: string }} properties */
export function Choice({ name, label: text, value, options, any }) {
  const [id] = useState(() => newId("choice"));
  const all = any ? [["", any], ...options] : options;
  return div({ class: "filter" },
    label({ for: id }, text),
    select({ id, name, onChange: (event) => refine({ [name]: event.currentTarget.value }) },
      all.map(([each, words]) => option({ key: each, value: each, selected: each === (value ?? "") }, words))));
}

/** @param {{ name: string, label: string, value: string | null, type?: string, placeholder?: string }} properties */
export function Filter({ name, label: text, value, type = "search", placeholder }) {
  const [id] = useState(() => newId("filter"));
  return div({ class: "filter" },
    label({ for: id }, text),
    input({ id, name, type, value: value ?? "", placeholder, autocomplete: "off", onInput: (event) => refine({ [name]: event.currentTarget.value }) }));
}

/** @param {{ name: string, label: string, checked: boolean }} properties */
export const Toggle = ({ name, label: text, checked }) =>
  label({ class: "toggle" },
    input({ type: "checkbox", name, checked, onChange: (event) => refine({ [name]: event.currentTarget.checked }) }), text);
