import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent } from 'react';
import type { EventName, EventOf } from '../../shared/ipc/contract.ts';
import { hear } from '../bridge.ts';

/** Runs `run` at every event of this name while the caller is mounted. */
export function useEvent<E extends EventName>(event: E, run: (payload: EventOf<E>) => void): void {
  const latest = useEffectEvent(run);
  useEffect(() => hear(event, (payload) => latest(payload)), [event]);
}

/** Keeps what is shown true: what main says changed is asked for anew, and a locked window forgets what it knew. */
export function useLiveAnswers(): void {
  const client = useQueryClient();
  useEvent('vault:changed', (state) => {
    client.setQueryData(['vault:state', {}], state);
    if (state.state !== 'open') client.removeQueries({ predicate: ({ queryKey }) => isOfVault(queryKey[0]) });
  });
  useEvent('exchange:changed', (state) => client.setQueryData(['exchange:status', {}], state));
  useEvent(
    'records:changed',
    () => void client.invalidateQueries({ predicate: ({ queryKey }) => isOfVault(queryKey[0]) }),
  );
  useEvent('app:preferences-changed', () => void client.invalidateQueries({ queryKey: ['app:preferences'] }));
}

/** What can be asked only while a vault is open. */
function isOfVault(channel: unknown): boolean {
  return typeof channel === 'string' && !channel.startsWith('app:') && channel !== 'vault:state';
}
