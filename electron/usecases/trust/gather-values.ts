import type { M } from '../../../shared/model/brand.ts';
import { listProofs } from '../../vault/repositories/proofs.ts';
import type { OfficeContext } from '../context.ts';
import { instantOf } from '../uuid-v7.ts';
import type { NetworkRun } from './ask-network.ts';
import { revocationsOf } from './cached-revocations.ts';
import { type Collected, collectValues, keepValues } from './collect-values.ts';
import { fetchRevocation, leadsToAnchor } from './fetch-revocation.ts';
import { messageChains, tokensIn } from './message-chains.ts';
import type { StoredSignature } from './read-stored.ts';
import { trustForStored } from './stored-proofs.ts';

/**
 * Fetches and keeps the certificates and revocation data of a message's signer and of every TSA that stamped it, so that it verifies in later years without a question to
 * anybody.
 *
 * @param partly whether what is known is kept although something is missing
 * @returns whether nothing is missing
 */
export async function gatherValues(
  context: OfficeContext,
  m: M,
  { signature, office }: StoredSignature,
  run: NetworkRun,
  partly = false,
): Promise<boolean> {
  const { vault, now } = context;
  const trust = trustForStored(context, vault.read, m, office);
  const proofs = listProofs(vault.read, m).map(({ token }) => token);
  const distinct = new Map([...tokensIn(signature), ...proofs].map((der) => [der.toString('latin1'), der]));
  const collected: Collected[] = [];
  for (const chain of messageChains(signature, [...distinct.values()], trust, now())) {
    // who leads to no anchor proves nothing here, and needs no proof
    if (!leadsToAnchor(chain)) continue;
    await fetchRevocation(context, chain, run);
    collected.push(collectValues(chain, revocationsOf(context, vault.read)));
  }
  const complete = collected.every((one) => one.complete);
  if (!complete && !partly) return false;
  vault.write((db) => {
    for (const { values } of collected) keepValues(db, m, values, instantOf(now()));
  });
  return complete;
}
