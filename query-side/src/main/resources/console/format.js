/** How values are said in words. */

const LOCALE = "en-GB";
const DATE = new Intl.DateTimeFormat(LOCALE, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const MONTH = new Intl.DateTimeFormat(LOCALE, { month: "short", year: "numeric", timeZone: "UTC" });
const TIME = new Intl.DateTimeFormat(LOCALE, {
  day: "numeric", month: "short", year: "numeric", hour: "2-digit", minute: "2-digit", timeZone: "UTC",
});
const RELATIVE = new Intl.RelativeTimeFormat(LOCALE, { numeric: "auto" });
const NUMBER = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 1 });

export const DAY = 86_400_000;

/** @param {string | number | Date | null | undefined} moment */
export const date = (moment) => (moment ? DATE.format(new Date(moment)) : "–");
/** @param {string | number | Date | null | undefined} moment */
export const month = (moment) => (moment ? MONTH.format(new Date(moment)) : "–");
/** In UTC, as everything on screen. @param {string | number | Date | null | undefined} moment */
export const time = (moment) => (moment ? `${TIME.format(new Date(moment))} UTC` : "–");
/** @param {number | null | undefined} number */
export const number = (number) => (number === null || number === undefined ? "–" : NUMBER.format(number));

/** How long ago or ahead, in its largest unit. @param {string | null | undefined} moment @param {number} [now] */
export function relative(moment, now = Date.now()) {
  if (!moment) return "never";
  const days = Math.round((new Date(moment).getTime() - now) / DAY);
  if (Math.abs(days) < 14) return RELATIVE.format(days, "day");
  if (Math.abs(days) < 60) return RELATIVE.format(Math.round(days / 7), "week");
  if (Math.abs(days) < 730) return RELATIVE.format(Math.round(days / 30.44), "month");
  return RELATIVE.format(Math.round(days / 365.25), "year");
}

/** Trust has two digits: more would pretend to know. @param {number | null | undefined} trust */
export const trust = (trust) => (trust === null || trust === undefined ? "–" : trust.toFixed(2));

/** A name of the API as words: JOINT_VALUE, CommitmentKept, stakeholderLevel. @param {string | null | undefined} name */
export function words(name) {
  if (!name) return "–";
  const text = name.replaceAll("_", " ").replaceAll(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const LEVELS = ["TRANSACTIONAL", "ADDED_VALUE", "JOINT_VALUE"];
export const KINDS = ["SUPPLIER", "PARTNER", "CUSTOMER", "EMPLOYEES", "INVESTOR", "REGULATOR", "COMMUNITY", "INTERNAL_PROVIDER"];
export const TRENDS = ["RISING", "STEADY", "FALLING", "UNKNOWN"];

/** @param {number} count @param {string} one @param {string} [several] */
export const count = (count, one, several = `${one}s`) => `${new Intl.NumberFormat(LOCALE).format(count)} ${count === 1 ? one : several}`;

/** A day as the API writes it. @param {Date | number} moment */
export const isoDay = (moment) => new Date(moment).toISOString().slice(0, 10);
