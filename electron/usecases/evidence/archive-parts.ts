import type { M } from '../../../shared/model/brand.ts';
import { listProofs, listProofValues } from '../../vault/repositories/proofs.ts';
import type { OfficeContext } from '../context.ts';
import { readStored } from '../trust/read-stored.ts';
import { assembleProofs } from '../trust/stored-proofs.ts';

/** Archive timestamps of these messages as files of a bundle, with the signature and its proofs as they cover it (protocol.md 4). */
export async function archiveParts(
  context: OfficeContext,
  ms: readonly M[],
): Promise<{ readonly path: string; readonly bytes: Buffer }[]> {
  const parts: { path: string; bytes: Buffer }[] = [];
  for (const m of ms) {
    const proofs = listProofs(context.vault.read, m);
    if (!proofs.some(({ kind }) => kind === 'archive')) continue;
    const stored = await readStored(context, m);
    if (stored === null) continue;
    const values = listProofValues(context.vault.read, m);
    const { signature, archives } = assembleProofs(stored.signature, proofs, values, 'LTA');
    parts.push({ path: `archives/${m}.p7s`, bytes: signature });
    archives.forEach(({ manifest, token }, index) => {
      const number = String(index + 1).padStart(3, '0');
      parts.push({ path: `archives/${m}-${number}.xml`, bytes: manifest });
      parts.push({ path: `archives/${m}-${number}.tst`, bytes: token });
    });
  }
  return parts;
}
