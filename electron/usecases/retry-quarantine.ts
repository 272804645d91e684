import type { OfficeContext } from './context.ts';
import { retryQuarantined } from './incoming/retry-quarantine.ts';

/**
 * Reads again what was turned away for want of a card or an anchor. A new card or anchor does it by itself; a person may ask for it.
 *
 * @returns how many packages turned out to be good
 */
export function retryQuarantine(context: OfficeContext, signal?: AbortSignal): Promise<number> {
  return retryQuarantined(context, signal);
}
