import type { TrustInput } from '../packages/verify-container.ts';
import { readCrls } from '../pki/crl.ts';
import { readOcspResponses } from '../pki/ocsp/read-ocsp-responses.ts';
import { readCertificates } from '../pki/read-certificates.ts';
import type { TrustFlags } from './flags.ts';
import { BUNDLE_LIMIT, readInputs } from './input-file.ts';

/** Reads what `--trust`, `--untrusted`, `--crl` and `--ocsp` name; each file may hold several. */
export async function readTrust(flags: TrustFlags): Promise<Required<Omit<TrustInput, 'tokens' | 'timestampAnchors'>>> {
  return {
    anchors: (await readInputs(flags.trust, BUNDLE_LIMIT)).flatMap(readCertificates),
    untrusted: (await readInputs(flags.untrusted, BUNDLE_LIMIT)).flatMap(readCertificates),
    crls: (await readInputs(flags.crl, BUNDLE_LIMIT)).flatMap(readCrls),
    ocsps: (await readInputs(flags.ocsp, BUNDLE_LIMIT)).flatMap(readOcspResponses),
    revocation: flags.revocation,
  };
}
