import type { Target } from '../target.ts';
import { evidence, evidenceParts } from './evidence-targets.ts';
import { message } from './message-target.ts';
import { manifest, packageHeader, resealedContainer, wholePackage, zip } from './package-targets.ts';
import { certificate, crl, pkcs12, signedData } from './pki-targets.ts';
import { ocsp, timestamp } from './trust-targets.ts';
import { blob, vaultHeader } from './vault-targets.ts';

/** Name on the command line -> what makes its seeds. */
export const TARGETS: Readonly<Record<string, () => Promise<Target>>> = {
  'package-header': packageHeader,
  package: wholePackage,
  container: resealedContainer,
  zip,
  manifest,
  message,
  'signed-data': signedData,
  certificate,
  crl,
  ocsp,
  timestamp,
  pkcs12,
  blob,
  'vault-header': vaultHeader,
  evidence,
  'evidence-parts': evidenceParts,
};
