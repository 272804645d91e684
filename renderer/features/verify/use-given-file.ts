import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { ChosenFile } from '../../../shared/ipc/parts.ts';

/** A file that another screen led here with is taken once: going back does not take it again. */
export function useGivenFile(take: (files: readonly ChosenFile[]) => void): void {
  const navigate = useNavigate();
  const { pathname, state } = useLocation();
  const file = (state as { readonly file?: ChosenFile } | null)?.file;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each file
  useEffect(() => {
    if (file === undefined) return;
    void navigate(pathname, { replace: true, state: null });
    take([file]);
  }, [file?.token]);
}
