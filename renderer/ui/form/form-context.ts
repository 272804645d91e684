import { createContext } from 'react';
import type { Procedure } from '../../../shared/procedures/procedure.ts';

/** What every field of one form shares. */
export interface FormContextValue {
  readonly procedure: Procedure | null;
  /** What is wrong, by dotted path with indexes; only where it is to be said already. */
  readonly problemAt: (path: string) => string | null;
  /** The field was left: from now on what is wrong with it is said. */
  readonly onLeave: (path: string) => void;
}

export const FormContext = createContext<FormContextValue>({
  procedure: null,
  problemAt: () => null,
  onLeave: () => {},
});
