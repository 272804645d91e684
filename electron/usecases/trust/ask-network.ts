import { isAppError } from '../../../shared/errors.ts';
import type { FetchRequest } from '../../network/fetcher.ts';
import { putNetworkAsk } from '../../vault/repositories/network-asks.ts';
import type { OfficeContext } from '../context.ts';
import { instantOf } from '../uuid-v7.ts';

/** One task's questions: no address is asked the same thing twice, and who does not answer is left alone. */
export interface NetworkRun {
  readonly asked: Set<string>;
  readonly silent: Set<string>;
  readonly signal?: AbortSignal;
}

export function newNetworkRun(signal?: AbortSignal): NetworkRun {
  return { asked: new Set(), silent: new Set(), ...(signal === undefined ? {} : { signal }) };
}

/**
 * Asks one address and notes what became of it. Null where it gave nothing: revocation data that cannot be had is unknown, not a failure of the work.
 *
 * @param about tells questions to one address apart
 * @throws AppError CANCELLED
 */
export async function askNetwork(
  context: OfficeContext,
  request: FetchRequest,
  about: string,
  run: NetworkRun,
): Promise<Buffer | null> {
  const { url } = request;
  const key = `${url} ${about}`;
  if (run.asked.has(key) || run.silent.has(url)) return null;
  run.asked.add(key);
  try {
    const answer = await context.fetch({ ...request, ...(run.signal === undefined ? {} : { signal: run.signal }) });
    note(context, url, null);
    return answer;
  } catch (error) {
    if (!isAppError(error) || (error.code !== 'FETCH_REFUSED' && error.code !== 'FETCH_FAILED')) throw error;
    run.silent.add(url);
    note(context, url, error.code);
    return null;
  }
}

function note({ vault, now }: OfficeContext, url: string, code: 'FETCH_REFUSED' | 'FETCH_FAILED' | null): void {
  vault.write((db) => putNetworkAsk(db, { url, askedAt: instantOf(now()), code }));
}
