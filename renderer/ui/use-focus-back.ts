import { useCallback, useEffect, useState } from 'react';

/** The button of the menu that a person has just chosen from: the menu itself is gone afterwards. */
const MENU_BUTTON = '.ant-dropdown-open';

function findOpener(): HTMLElement | null {
  const { activeElement } = document;
  if (!(activeElement instanceof HTMLElement)) return null;
  return activeElement.closest('[role="menu"]') === null
    ? activeElement
    : document.querySelector<HTMLElement>(MENU_BUTTON);
}

/**
 * Where the focus was when the caller opened has it again once the caller is closed or gone (WCAG 2.4.3), unless something else has taken it: who works by
 * keyboard would stand at the head of the page otherwise. Ant Design does so only for what it hides itself, and loses it where a field took the focus at once.
 *
 * @param own a selector of what closes: what has the focus inside has not taken it
 * @returns gives it back now, for what is closed and stays drawn
 */
export function useFocusBack(open = true, own?: string): () => void {
  const [wasOpen, setWasOpen] = useState(open);
  const [opener, setOpener] = useState(() => (open ? findOpener() : null));
  if (open !== wasOpen) {
    setWasOpen(open);
    if (open) setOpener(findOpener());
  }
  const giveBack = useCallback(() => {
    const { activeElement: active } = document;
    const isFree = active === null || active === document.body || (own !== undefined && active.closest(own) !== null);
    if (isFree) opener?.focus({ preventScroll: true });
  }, [opener, own]);
  useEffect(() => (open ? giveBack : undefined), [open, giveBack]);
  return giveBack;
}
