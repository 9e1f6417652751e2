/** Light or dark: what the system prefers, unless the reader says otherwise. */
import { store } from "./store.js";

const KEPT = "rapport.theme";

/** @typedef {"light" | "dark" | ""} Choice */

/** The reader's choice; none follows the system. @type {ReturnType<typeof store<Choice>>} */
export const choice = store(/** @type {Choice} */ (localStorage.getItem(KEPT) ?? ""));

const system = matchMedia("(prefers-color-scheme: dark)");

/** Changes whenever colours do, for what is drawn rather than styled. */
export const drawnTheme = store(0);

/** @param {Choice} chosen */
function apply(chosen) {
  if (chosen) document.documentElement.dataset.theme = chosen;
  else delete document.documentElement.dataset.theme;
  drawnTheme.set(drawnTheme.get() + 1);
}

export const isDark = () => (choice.get() ? choice.get() === "dark" : system.matches);

/** The other one. */
export function toggleTheme() {
  const chosen = isDark() ? "light" : "dark";
  localStorage.setItem(KEPT, chosen);
  choice.set(chosen);
}

system.addEventListener("change", () => apply(choice.get()));
choice.follow(apply);
apply(choice.get());

/** A colour of the style sheet, as a canvas wants it. @param {string} name such as --in-them @param {number} [alpha] */
export function colour(name, alpha = 1) {
  const probe = document.createElement("i");
  probe.style.color = `color-mix(in srgb, var(${name}) ${alpha * 100}%, transparent)`;
  document.body.append(probe);
  const computed = getComputedStyle(probe).color;
  probe.remove();
  return computed;
}
