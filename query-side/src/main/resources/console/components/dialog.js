/** A dialog of the browser's own: it keeps the focus, and Escape closes it. */
import { newId, tags, useEffect, useRef, useState } from "../ui.js";

const { button, dialog, h2, header } = tags;

/** @param {{ title: string, close: () => void, children?: any }} properties */
export function Dialog({ title, close, children }) {
  const element = useRef(/** @type {HTMLDialogElement | null} */ (null));
  const [titleId] = useState(() => newId("dialog"));
  useEffect(() => {
    const opener = document.activeElement;
    element.current?.showModal();
    return () => opener instanceof HTMLElement && opener.focus();
  }, []);
  return dialog({ ref: element, class: "dialog", "aria-labelledby": titleId, onClose: close },
    header({ class: "dialog-head" },
      h2({ id: titleId }, title),
      button({ type: "button", class: "button button-quiet", "aria-label": "Close", onClick: () => element.current?.close() }, "✕")),
    children);
}
