import { useLayoutEffect } from 'react';
import './scroll-lock.css';

let held = 0;

/**
 * Keeps the page behind a dialog from scrolling while `lock` holds. It stands in for antd's own (build/bundle.ts), which writes a style sheet without the
 * nonce of the page: the policy refused it, twice for each dialog.
 */
export function useScrollLock(lock?: boolean): void {
  useLayoutEffect(() => {
    if (lock !== true) return;
    held += 1;
    document.documentElement.classList.add('scroll-locked');
    return () => {
      held -= 1;
      if (held === 0) document.documentElement.classList.remove('scroll-locked');
    };
  }, [lock]);
}
