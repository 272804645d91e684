import { useEffect, useState } from 'react';

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
 * Where the focus was when the caller was first drawn has it again once the caller is gone (WCAG 2.4.3), unless something else has taken it: who works by
 * keyboard would stand at the head of the page otherwise. Ant Design does so only for what it hides itself.
 */
export function useFocusBack(): void {
  const [opener] = useState(findOpener);
  useEffect(
    () => () => {
      const { activeElement } = document;
      if (activeElement === null || activeElement === document.body) opener?.focus({ preventScroll: true });
    },
    [opener],
  );
}
