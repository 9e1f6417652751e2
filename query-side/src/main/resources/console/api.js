/** The REST API, which is all that the console knows of Rapport. */
import { session } from "./session.js";

const BASE = "/api/v1";
const MOST_RETRIES = 3;

/** What the last command of this page may not have been seen of yet; queries carry it, and so read what was written. */
let consistencyToken = "";

/** An answer that is no success: a problem (RFC 9457), or none at all. */
export class Problem extends Error {
  /** @param {{ type?: string, status?: number, title?: string, detail?: string, errors?: {pointer?: string, parameter?: string, detail: string}[], unmet?: {criterion: string, detail: string}[] }} problem */
  constructor(problem) {
    super(problem.detail || problem.title || "The request failed.");
    this.type = problem.type ?? "about:blank";
    this.status = problem.status ?? 0;
    this.title = problem.title ?? "No answer";
    this.errors = problem.errors ?? [];
    this.unmet = problem.unmet ?? [];
  }
}

/** @typedef {Record<string, string | number | boolean | null | undefined | string[]>} Parameters */

/** The path with the parameters that have a value. @param {string} path @param {Parameters} [parameters] */
export function address(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== "") query.append(name, String(one));
    }
  }
  const text = query.toString();
  return BASE + path + (text && `?${text}`);
}

/** @param {number} seconds @param {AbortSignal} [signal] */
const pause = (seconds, signal) => new Promise((resolve, reject) => {
  const timer = setTimeout(resolve, seconds * 1000);
  signal?.addEventListener("abort", () => {
    clearTimeout(timer);
    reject(signal.reason);
  });
});

/** @param {Response} response */
async function problemOf(response) {
  const isProblem = response.headers.get("Content-Type")?.includes("problem+json");
  const body = isProblem ? await response.json() : {};
  return new Problem({ title: response.statusText, ...body, status: response.status });
}

/**
 * One request. Credentials are only ever those of the header: the browser's own are left out, so that it never asks for any.
 * @param {string} url
 * @param {RequestInit} [options]
 */
export async function request(url, options = {}) {
  let response;
  try {
    response = await fetch(url, {
      ...options,
      credentials: "omit",
      cache: "no-store",
      headers: { Authorization: session.authorization(), ...options.headers },
    });
  } catch (failure) {
    if (options.signal?.aborted) throw failure;
    throw new Problem({ title: "No connection", detail: "Rapport does not answer. Is it running?" });
  }
  if (response.status === 401) session.end("You were signed out. Sign in again to go on.");
  if (!response.ok) throw await problemOf(response);
  return response;
}

/** A query, asked again when Rapport says that it will know soon. @param {string} url @param {RequestInit} options */
async function query(url, options) {
  for (let attempt = 1; ; attempt++) {
    try {
      return await request(url, options);
    } catch (problem) {
      const soon = problem instanceof Problem && (problem.status === 503 || problem.status === 429);
      if (!soon || attempt > MOST_RETRIES) throw problem;
      await pause(attempt, options.signal ?? undefined);
    }
  }
}

/**
 * What a query answers.
 * @param {string} path below the API's base
 * @param {Parameters} [parameters]
 * @param {AbortSignal} [signal]
 */
export async function get(path, parameters, signal) {
  const headers = consistencyToken ? { "Consistency-Token": consistencyToken } : {};
  const response = await query(address(path, parameters), { headers: { Accept: "application/json", ...headers }, signal });
  return response.json();
}

/**
 * The items of a list, page after page.
 * @param {string} path
 * @param {Parameters} [parameters]
 * @param {AbortSignal} [signal]
 * @param {number} [most] about how many
 * @returns {Promise<{ items: any[], more: boolean }>} and whether there are more, which whoever shows them has to say
 */
export async function getAll(path, parameters = {}, signal = undefined, most = 5000) {
  const items = [];
  let cursor;
  do {
    const page = await get(path, { limit: 500, ...parameters, cursor }, signal);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor && items.length < most);
  return { items, more: Boolean(cursor) };
}

/** A text, such as a checkpoint. @param {string} path */
export async function getText(path) {
  return (await query(address(path), { headers: { Accept: "text/plain" } })).text();
}

/**
 * A command, or another deed. Fields without a value are left out; sent twice by a nervous hand, it is done once.
 * @param {string} path
 * @param {Record<string, unknown>} body
 * @param {string} key what makes repeating it harmless
 */
export async function post(path, body, key = newKey()) {
  const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== "" && value !== null && value !== undefined));
  const response = await request(BASE + path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "Idempotency-Key": `"${key}"` },
    body: JSON.stringify(given),
  });
  consistencyToken = response.headers.get("Consistency-Token") ?? consistencyToken;
  return response.status === 204 ? null : response.json();
}

/** A key that nobody else makes. */
export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Takes an answer away as a file. @param {string} path @param {Parameters} parameters @param {string} accept @param {string} name */
export async function download(path, parameters, accept, name) {
  const response = await query(address(path, parameters), { headers: { Accept: accept } });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await response.blob());
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Forgets what the last session wrote. */
export function forget() {
  consistencyToken = "";
}
