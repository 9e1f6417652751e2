/** Who is signed in. Credentials are kept in this tab, and end with it; they are in no address and in no cookie. */
import { store } from "./store.js";

const KEPT = "rapport.session";

/**
 * @typedef {object} Caller
 * @property {string} subject
 * @property {string[]} roles
 * @property {string[]} operations
 */

/**
 * @typedef {object} Standing
 * @property {"looking" | "out" | "in"} state
 * @property {Caller} [caller]
 * @property {string} [notice] why one has to sign in
 */

let authorization = sessionStorage.getItem(KEPT) ?? "";

/** @type {ReturnType<typeof store<Standing>>} */
export const standing = store({ state: "looking" });

export const session = {
  authorization: () => authorization,

  /** Keeps credentials before anybody knows whose they are. @param {string} credentials */
  keep(credentials) {
    authorization = credentials;
    sessionStorage.setItem(KEPT, credentials);
  },

  /**
   * Finds out who somebody with these credentials is. Only an answer that they are wrong ends the session; of any other one may ask again.
   * @param {string} [credentials] those that are kept, if left out
   * @returns {Promise<Response | null>} the answer that let nobody in
   */
  async begin(credentials = authorization) {
    if (!credentials) {
      standing.set({ state: "out" });
      return null;
    }
    const response = await fetch("/api/v1/caller", {
      credentials: "omit",
      cache: "no-store",
      headers: { Authorization: credentials, Accept: "application/json" },
    });
    if (response.status === 401) session.end();
    if (!response.ok) return response;
    session.keep(credentials);
    standing.set({ state: "in", caller: await response.json() });
    return null;
  },

  /** @param {string} [notice] */
  end(notice) {
    authorization = "";
    sessionStorage.removeItem(KEPT);
    standing.set({ state: "out", notice });
  },

  /** Whether the caller's roles open an operation of the API's document. @param {string} operation */
  may: (operation) => standing.get().caller?.operations.includes(operation) ?? false,
};

/** The credentials of HTTP Basic, for names and passwords of any letters. @param {string} name @param {string} password */
export function basic(name, password) {
  const bytes = new TextEncoder().encode(`${name}:${password}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}
