import type { Certificate } from '../../pki/certificate.ts';
import { listNewestBySource } from '../../vault/repositories/proofs.ts';
import type { OfficeContext } from '../context.ts';
import { tsaChain } from './message-chains.ts';

/** Certificates of the time-stamping authorities that stamped for us, as each had it the last time. */
export function listStampers({ vault, now }: OfficeContext): Certificate[] {
  const leaves = listNewestBySource(vault.read).flatMap(({ token }) => tsaChain(token, [], [], now()));
  return [...new Map(leaves.map(({ leaf }) => [leaf.sha256, leaf])).values()];
}
