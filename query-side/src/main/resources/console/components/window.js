/** Of a long list, only what is in sight is on the page; what is above and below it is space of the same height. */
import { useEffect, useLayoutEffect, useRef, useState } from "../ui.js";

const GUESS = 64;
const MARGIN = 12;

/**
 * @param {number} length how many rows there are
 * @param {() => void} readOn called when the end comes into sight
 */
export function useWindow(length, readOn) {
  const body = useRef(/** @type {HTMLElement | null} */ (null));
  const [height, setHeight] = useState(GUESS);
  const [seen, setSeen] = useState({ from: 0, to: 40 });

  useLayoutEffect(() => {
    const row = body.current?.querySelector(".row");
    if (row instanceof HTMLElement && row.offsetHeight > 0 && Math.abs(row.offsetHeight - height) > 0.5) setHeight(row.offsetHeight);
  });

  useEffect(() => {
    let scheduled = 0;
    function look() {
      scheduled = 0;
      const top = body.current?.getBoundingClientRect().top ?? 0;
      const from = Math.max(0, Math.floor(-top / height) - MARGIN);
      const to = Math.ceil((innerHeight - top) / height) + MARGIN;
      setSeen((before) => (before.from === from && before.to === to ? before : { from, to }));
    }
    const schedule = () => (scheduled ||= requestAnimationFrame(look));
    addEventListener("scroll", schedule, { passive: true });
    addEventListener("resize", schedule);
    look();
    return () => {
      removeEventListener("scroll", schedule);
      removeEventListener("resize", schedule);
      cancelAnimationFrame(scheduled);
    };
  }, [height]);

  useEffect(() => {
    if (seen.to >= length - MARGIN) readOn();
  }, [seen.to, length]);

  const to = Math.min(length, seen.to);
  const from = Math.min(seen.from, to);
  return { body, from, to, above: from * height, below: (length - to) * height };
}
