import { AppError } from '../../../shared/errors.ts';
import type { M } from '../../../shared/model/brand.ts';
import { bufferSource } from '../../files/bytes.ts';
import type { AssembledProofs } from '../../packages/verify/assembled-proofs.ts';
import { listProofs, listProofValues } from '../../vault/repositories/proofs.ts';
import type { OfficeContext } from '../context.ts';
import { readStored } from '../trust/read-stored.ts';
import { assembleProofs } from '../trust/stored-proofs.ts';
import { type BundlePart, partNumber } from './bundle-part.ts';

type Assemble = () => Promise<AssembledProofs>;

/**
 * Archive timestamps of these messages as files of a bundle, with the signature and its proofs as they cover it (protocol.md 4). Each brings the revocation lists of its time, which
 * can be large: they are put together once for their sizes and again when they are written, one message at a time.
 */
export async function archiveParts(context: OfficeContext, ms: readonly M[]): Promise<BundlePart[]> {
  const parts: BundlePart[] = [];
  const atHand: { last: { readonly m: M; readonly proofs: AssembledProofs } | null } = { last: null };
  for (const m of ms) {
    // a proof that comes meanwhile would give the older ones other names than their manifests have
    const proofs = listProofs(context.vault.read, m);
    if (!proofs.some(({ kind }) => kind === 'archive')) continue;
    const assemble: Assemble = async () => {
      if (atHand.last?.m !== m) {
        const stored = await readStored(context, m);
        if (stored === null) throw new AppError('BLOB_MISSING', { m });
        const values = listProofValues(context.vault.read, m);
        atHand.last = { m, proofs: assembleProofs(stored.signature, proofs, values, 'LTA') };
      }
      return atHand.last.proofs;
    };
    parts.push(...partsOf(m, await assemble(), assemble));
  }
  return parts;
}

function partsOf(m: M, { signature, archives }: AssembledProofs, assemble: Assemble): BundlePart[] {
  const stamps = archives.flatMap(({ manifest, token }, index) => {
    const name = `archives/${m}-${partNumber(index + 1)}`;
    return [
      partOf(`${name}.xml`, manifest.length, assemble, (proofs) => proofs.archives[index]?.manifest),
      partOf(`${name}.tst`, token.length, assemble, (proofs) => proofs.archives[index]?.token),
    ];
  });
  return [partOf(`archives/${m}.p7s`, signature.length, assemble, (proofs) => proofs.signature), ...stamps];
}

/** Keeps nothing of what was put together but the size. */
function partOf(
  path: string,
  size: number,
  assemble: Assemble,
  pick: (proofs: AssembledProofs) => Buffer | undefined,
): BundlePart {
  return { path, size, open: async () => bufferSource(pick(await assemble()) ?? Buffer.alloc(0)) };
}
