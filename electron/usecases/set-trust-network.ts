import { AppError } from '../../shared/errors.ts';
import { type TrustNetwork, trustNetwork } from '../../shared/model/trust-network.ts';
import { appendAudit } from '../vault/repositories/audit.ts';
import type { OfficeContext } from './context.ts';
import { getTrustNetwork, putTrustNetwork } from './trust/network-settings.ts';
import { instantOf } from './uuid-v7.ts';

/**
 * Says whom this vault may ask for revocation data and timestamps, and through which proxy. What is not given stays as it is.
 *
 * @param by the person who does it
 * @throws AppError USAGE with the field that is not as it must be
 */
export function setTrustNetwork(
  { vault, now }: OfficeContext,
  change: Partial<TrustNetwork>,
  by: string,
): TrustNetwork {
  return vault.write((db) => {
    const parsed = trustNetwork.safeParse({ ...getTrustNetwork(db), ...change });
    if (!parsed.success) throw new AppError('USAGE', { field: String(parsed.error.issues[0]?.path[0] ?? '') });
    putTrustNetwork(db, parsed.data);
    const { hosts, addresses, tsas, proxy } = parsed.data;
    const detail = { hosts, addresses, tsas: tsas.map(({ url }) => url), proxy };
    appendAudit(db, { at: instantOf(now()), actor: by, action: 'trust-network-set', subject: null, detail });
    return parsed.data;
  });
}
