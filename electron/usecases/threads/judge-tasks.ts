import { verifyBundle } from '../../evidence/verify-bundle.ts';
import { newFindings } from '../../packages/verify/checks.ts';
import { readProfile } from '../../packages/verify/read-profile.ts';
import { verifyContainer } from '../../packages/verify-container.ts';
import { type Certificate, parseCertificate } from '../../pki/certificate.ts';
import { parseCrl } from '../../pki/crl.ts';
import { parseOcspResponse } from '../../pki/ocsp/parse-ocsp-response.ts';
import { bindingByCards } from '../office/binding-by-cards.ts';
import { askTrust, ownersBytes } from './ask-owner.ts';
import type { TaskKind, ThreadTasks } from './thread-messages.ts';

/** Verdicts on files that anybody may have written, in a thread of the desk. */

type Asks<Kind extends TaskKind> = ThreadTasks[Kind]['asks'];
type Gives<Kind extends TaskKind> = ThreadTasks[Kind]['gives'];

export async function verify({ size, at }: Asks<'verify'>): Promise<Gives<'verify'>> {
  const container = ownersBytes(size);
  // Whose pins count depends on who says to have sent it: read first, believed later
  const peeked = await readProfile(container, null, newFindings());
  const { anchors, timestampAnchors, untrusted, crls, ocsps, revocation, cards } = await askTrust(
    peeked?.message.sender.office ?? null,
  );
  const trust = {
    anchors: certificates(anchors),
    timestampAnchors: certificates(timestampAnchors),
    untrusted: certificates(untrusted),
    crls: crls.map((der) => parseCrl(Buffer.from(der))),
    ocsps: ocsps.map((der) => parseOcspResponse(Buffer.from(der))),
    revocation,
  };
  const { report } = await verifyContainer({ container, trust, at, binding: bindingByCards(() => cards, null) });
  return report;
}

export function judgeBundle({ size, anchors, ...rest }: Asks<'judge-bundle'>): Promise<Gives<'judge-bundle'>> {
  return verifyBundle({
    bundle: ownersBytes(size),
    anchors: certificates(anchors),
    ...rest,
    revocation: 'require',
  });
}

function certificates(ders: readonly Uint8Array[]): Certificate[] {
  return ders.map((der) => parseCertificate(Buffer.from(der)));
}
