import { createContext, use } from 'react';
import type { Mode } from '../../shared/design/tokens.ts';

export const ModeContext = createContext<Mode>('light');

/** Whether the window is shown light or dark now. */
export function useMode(): Mode {
  return use(ModeContext);
}
