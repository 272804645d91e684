import { AppError } from '../../../shared/errors.ts';
import type { Bytes } from '../../../shared/model/brand.ts';
import type { EvidenceReport } from '../../../shared/model/evidence-report.ts';
import { cardFingerprint } from '../../exchange/card-trust.ts';
import type { ByteSource } from '../../files/bytes.ts';
import type { Certificate } from '../../pki/certificate.ts';
import { readCertificates } from '../../pki/read-certificates.ts';
import { listCurrentCards } from '../../vault/repositories/cards.ts';
import type { OfficeContext } from '../context.ts';
import { runInThread } from '../threads/run-in-thread.ts';
import { anchorsFor } from '../trust/import-anchors.ts';

export interface JudgeBundle {
  readonly bundle: ByteSource;
  /** Files of certificates that the verifier brought: PEM or DER. */
  readonly anchors: readonly Buffer[];
  /** Of cards, compared by the verifier out of band. */
  readonly fingerprints: readonly string[];
  /** Adds what this office has confirmed itself: its anchors, and the cards in force. */
  readonly ownTrust: boolean;
  /** Judge it as of then. Default: now. */
  readonly at?: Date;
  readonly signal?: AbortSignal;
  /** Bytes of the file that were reached. */
  readonly progress?: (done: Bytes, total: Bytes) => void;
}

/**
 * Verifies a bundle as `lexpost evidence verify` does: from nothing but itself and what the verifier says to trust. Nothing of it is stored. What is wrong with
 * it is the report's, not an error.
 *
 * @throws AppError CERTIFICATE_MALFORMED for an anchor, CANCELLED
 */
export async function judgeBundle(context: OfficeContext, request: JudgeBundle): Promise<EvidenceReport> {
  const { bundle, anchors, fingerprints, ownTrust, at = context.now(), signal } = request;
  const certificates = [...anchors.flatMap(readCertificates), ...(ownTrust ? ownAnchors(context, at) : [])];
  const asks = {
    size: bundle.size,
    anchors: certificates.map(({ der }) => der),
    fingerprints,
    ownFingerprints: ownTrust ? ownFingerprints(context) : [],
    at,
  };
  const services = { source: watched(bundle, request), ...(signal === undefined ? {} : { signal }) };
  const report = await runInThread('judge-bundle', asks, services);
  // Inside, a file that cannot be read any further looks like a broken one.
  if (signal?.aborted === true) throw new AppError('CANCELLED');
  return report;
}

function ownAnchors(context: OfficeContext, at: Date): Certificate[] {
  const { read } = context.vault;
  const found = [...anchorsFor(context, read, 'sign', at), ...anchorsFor(context, read, 'timestamp', at)];
  return [...new Map(found.map((anchor) => [anchor.sha256, anchor])).values()];
}

function ownFingerprints({ vault }: OfficeContext): string[] {
  return listCurrentCards(vault.read).map(({ body }) => cardFingerprint(body));
}

function watched(source: ByteSource, { signal, progress }: JudgeBundle): ByteSource {
  let furthest = 0;
  return {
    size: source.size,
    read: async (target, position) => {
      if (signal?.aborted === true) throw new AppError('CANCELLED');
      const got = await source.read(target, position);
      furthest = Math.max(furthest, position + got);
      progress?.(furthest, source.size);
      return got;
    },
    close: source.close,
  };
}
