/**
 * What everything on screen is made with: Preact, and a function for each HTML and SVG tag, so that a text can only ever become a text.
 *
 *     div({ class: "card" }, h2("Trust"), p(relationship.purpose))
 */
import { Fragment, h, render } from "./lib/preact.module.js";

export { Fragment, h, render };
export { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "./lib/hooks.module.js";

/** @typedef {import("./lib/preact.module.js").VNode} VNode */

const isProperties = (/** @type {unknown} */ value) => value?.constructor === Object;

/**
 * A function for each tag. Its first argument is the properties, unless it is a child already. Markup in a string is refused.
 * @type {Record<string, (...content: any[]) => VNode>}
 */
export const tags = new Proxy({}, {
  get: (_, tag) => (...content) => {
    const properties = isProperties(content[0]) ? content.shift() : null;
    if (properties && "dangerouslySetInnerHTML" in properties) {
      throw new Error(`Markup in a string, for ${String(tag)}`);
    }
    return h(/** @type {string} */ (tag), properties, ...content);
  },
});

/** Class names out of those that are any. @param {...(string | false | null | undefined)} names */
export const classes = (...names) => names.filter(Boolean).join(" ");

let ids = 0;

/** An id for an element that another one refers to. @param {string} what */
export const newId = (what) => `${what}-${++ids}`;
