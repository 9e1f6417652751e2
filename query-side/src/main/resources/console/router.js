/** Addresses: every view, filter and order has one, so that it can be reloaded, bookmarked and sent. */
import { store } from "./store.js";

/** @typedef {{ path: string, query: URLSearchParams }} Place */

/** @returns {Place} */
const here = () => ({ path: location.pathname.replace(/\/$/, "") || "/", query: new URLSearchParams(location.search) });

/** Where the reader is. */
export const place = store(here());

addEventListener("popstate", () => place.set(here()));

/** Goes to an address of the console. @param {string} href @param {{ replace?: boolean }} [options] */
export function go(href, { replace = false } = {}) {
  history[replace ? "replaceState" : "pushState"](null, "", href);
  place.set(here());
}

/** The address of a page with the parameters that have a value. @param {string} path @param {Record<string, unknown>} [parameters] */
export function href(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null && value !== "" && value !== false) query.set(name, String(value));
  }
  const text = query.toString();
  return path + (text && `?${text}`);
}

/** This address with some parameters changed; those without a value go. @param {Record<string, unknown>} changes */
export function hereWith(changes) {
  return href(place.get().path, { ...Object.fromEntries(place.get().query), ...changes });
}

/** The address of a relationship. @param {string} id @param {Record<string, unknown>} [parameters] */
export const relationshipHref = (id, parameters) => href(`/console/relationships/${encodeURIComponent(id)}`, parameters);

/** Follows links within the console without loading the page anew. @param {MouseEvent} event */
function follow(event) {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  const plain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!(link instanceof HTMLAnchorElement) || !plain || event.defaultPrevented || link.download || link.target) return;
  const isOurs = link.origin === location.origin && (link.pathname === "/" || link.pathname.startsWith("/console"));
  if (!isOurs || link.hash) return;
  event.preventDefault();
  go(link.pathname + link.search);
}

document.addEventListener("click", follow);
