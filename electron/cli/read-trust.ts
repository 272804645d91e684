import type { TrustInput } from '../packages/verify-container.ts';
import { readCrls } from '../pki/crl.ts';
import { readCertificates } from '../pki/read-certificates.ts';
import type { Check } from '../pki/verdict.ts';
import type { TrustFlags } from './flags.ts';
import { BUNDLE_LIMIT, readInputs } from './input-file.ts';

/** Reads what `--trust`, `--untrusted` and `--crl` name; each file may hold several. */
export async function readTrust(flags: TrustFlags): Promise<Required<TrustInput>> {
  return {
    anchors: (await readInputs(flags.trust, BUNDLE_LIMIT)).flatMap(readCertificates),
    untrusted: (await readInputs(flags.untrusted, BUNDLE_LIMIT)).flatMap(readCertificates),
    crls: (await readInputs(flags.crl, BUNDLE_LIMIT)).flatMap(readCrls),
    revocation: flags.revocation,
  };
}

/** OCSP responses are not looked at yet, which a verdict must not pass over in silence. */
export function uncheckedOcsp({ ocsp }: TrustFlags): Check[] {
  return ocsp.map((file) => ({ id: 'ocsp', ok: null, detail: `not supported yet: ${file}` }));
}
