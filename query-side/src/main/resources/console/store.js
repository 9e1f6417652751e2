/** A value that parts of the screen follow. */
import { useEffect, useState } from "./ui.js";

/**
 * @template T
 * @param {T} initial
 */
export function store(initial) {
  let value = initial;
  const followers = new Set();
  return {
    get: () => value,
    /** @param {T} next */
    set(next) {
      value = next;
      for (const follow of [...followers]) follow(next);
    },
    /** @param {(value: T) => void} follow */
    follow(follow) {
      followers.add(follow);
      return () => followers.delete(follow);
    },
  };
}

/**
 * The store's value, for a component that is drawn anew when it changes.
 * @template T
 * @param {{ get: () => T, follow: (follow: (value: T) => void) => () => void }} followed
 */
export function useStore(followed) {
  const [value, setValue] = useState(followed.get());
  useEffect(() => {
    setValue(followed.get());
    return followed.follow(setValue);
  }, [followed]);
  return value;
}
