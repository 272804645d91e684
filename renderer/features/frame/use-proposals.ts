import { useEffect, useState } from 'react';
import type { ChosenFile } from '../../../shared/ipc/parts.ts';
import { useTell } from '../../data/use-ask.ts';
import { useEvent } from '../../data/use-events.ts';

/** Files that links and double clicks brought, those of the time while the window was locked too, until a person has decided on them or the vault is locked. */
export function useProposals() {
  const [files, setFiles] = useState<readonly ChosenFile[]>([]);
  const { tell: take } = useTell('app:take-proposals');
  const forget = useTell('file:forget');
  const ask = (): void => take({}, { onSuccess: (taken) => setFiles((known) => [...known, ...taken.files]) });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once: what came before this window could hear of it
  useEffect(ask, []);
  useEvent('app:proposals-came', ask);
  return {
    files,
    /** A token that was used is gone in main already. */
    drop: (token: string): void => setFiles((known) => known.filter((file) => file.token !== token)),
    refuseAll: (): void => {
      forget.tell({ tokens: files.map(({ token }) => token) });
      setFiles([]);
    },
  };
}
