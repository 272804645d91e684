import { readSignature } from '../../packages/verify/read-signature.ts';
import { type Certificate, parseCertificate } from '../../pki/certificate.ts';
import { closePaths } from '../../pki/path/close-paths.ts';
import { openBlob } from '../../vault/blobs/blob-store.ts';
import { listProofs, listProofValues } from '../../vault/repositories/proofs.ts';
import type { OfficeContext } from '../context.ts';
import { toCertificate } from '../office/directory.ts';
import { trustFor } from '../office/trust.ts';
import { messageChains, tokensIn } from '../trust/message-chains.ts';
import type { ChosenEvidence } from './choose-evidence.ts';

/**
 * The certificates that somebody must judge to verify these containers: of who signed and of the TSAs that stamped, and everything above them. What is said of any other would
 * tell whoever gets the bundle with which CAs and offices else this one deals.
 */
export async function chosenCertificates(
  context: OfficeContext,
  { messages, receipts, cards }: ChosenEvidence,
): Promise<Certificate[]> {
  const { read } = context.vault;
  const own = trustFor(context, read, null);
  const chains = cards.flatMap(({ body }) => body.chain.map((der) => toCertificate(context, der)));
  const trust = { ...own, untrusted: [...(own.untrusted ?? []), ...chains] };
  const leaves = new Map<string, Certificate>();
  const known = new Map<string, Certificate>();
  const learn = (all: readonly Certificate[]): void => {
    for (const one of all) known.set(one.sha256, one);
  };
  learn([...trust.anchors, ...(trust.timestampAnchors ?? []), ...trust.untrusted]);
  for (const { m, blob } of [...messages, ...receipts, ...cards]) {
    if (blob === null) continue;
    const container = await openBlob(context.vault, blob);
    const signature = await readSignature(container).finally(() => container.close());
    const values = listProofValues(read, m).filter(({ kind }) => kind === 'certificate');
    learn(values.map(({ value }) => parseCertificate(value)));
    const tokens = [...tokensIn(signature), ...listProofs(read, m).map(({ token }) => token)];
    for (const { leaf, untrusted } of messageChains(signature, tokens, trust, context.now())) {
      leaves.set(leaf.sha256, leaf);
      learn(untrusted);
    }
  }
  return closePaths([...leaves.values()], [...known.values()]);
}
