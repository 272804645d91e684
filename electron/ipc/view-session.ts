import type { VaultStateView } from '../../shared/ipc/channels/vault.ts';
import type { Instant } from '../../shared/model/brand.ts';
import type { SessionState } from '../usecases/session/office-session.ts';

export function viewSession({ notBefore, ...state }: SessionState): VaultStateView {
  return { ...state, notBefore: notBefore === null ? null : (notBefore.toISOString() as Instant) };
}
