import type { PowerMonitor } from 'electron';
import type { Milliseconds } from '../../shared/model/brand.ts';

export interface AutoLockOptions {
  readonly monitor: Pick<PowerMonitor, 'getSystemIdleTime' | 'on'>;
  /** As the vault's settings say now; null while none is open. Minutes; 0: never. */
  readonly rules: () => { readonly lockAfter: number; readonly lockOnSuspend: boolean } | null;
  readonly lock: (reason: 'idle' | 'suspend') => void;
}

/** So much later than asked for it may lock at most. */
const LOOK_EVERY: Milliseconds = 5_000;

/** Locks when nobody has touched the machine for as long as the office allows, and when the machine is put away. @returns what ends it */
export function startAutoLock({ monitor, rules, lock }: AutoLockOptions): () => void {
  const put = (): void => {
    if (rules()?.lockOnSuspend === true) lock('suspend');
  };
  monitor.on('suspend', put);
  monitor.on('lock-screen', put);
  // Whatever the settings say: the keys must not go down with the machine
  monitor.on('shutdown', () => {
    if (rules() !== null) lock('suspend');
  });
  const look = setInterval(() => {
    const lockAfter = rules()?.lockAfter ?? 0;
    if (lockAfter > 0 && monitor.getSystemIdleTime() >= lockAfter * 60) lock('idle');
  }, LOOK_EVERY);
  look.unref();
  return () => clearInterval(look);
}
