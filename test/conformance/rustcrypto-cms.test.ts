import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseEnvelopedHeader } from '../../electron/packages/cms/parse-enveloped-header.ts';
import { parseSignedData } from '../../electron/packages/cms/parse-signed-data.ts';
import { bufferContent } from '../../electron/packages/cms/signed-content.ts';
import { verifySignerInfo } from '../../electron/packages/cms/verify-signer-info.ts';
import { isAppError } from '../../shared/errors.ts';
import { runSuite, vectorsRoot } from './vectors.ts';

const root = vectorsRoot();
const folder = join(root ?? '', 'rustcrypto-formats', 'cms', 'tests', 'examples');
const kem = '1.3.6.1.4.1.22554.5.6.1_ML-KEM-512-ipd_kemri';

/** Kinds of recipients and cipher of what parses; the code of what is refused. */
const HEADERS: Readonly<Record<string, string>> = {
  'enveloped_data_kari.bin': 'key-agreement aes-256-cbc',
  'enveloped_data_kekri.bin': 'key-encryption-key aes-128-cbc',
  'enveloped_data_ktri.bin': 'key-transport aes-256-cbc',
  'enveloped_data_multi.bin': 'key-transport,key-agreement,key-encryption-key,password aes-256-cbc',
  'enveloped_data_pwri.bin': 'password aes-128-cbc',
  [`${kem}_auth.der`]: 'other aes-256-gcm',
  [`${kem}_id-alg-hkdf-with-sha256.der`]: 'other aes-256-cbc',
  [`${kem}_ukm.der`]: 'other aes-256-cbc',
  'kms_ciphertext_for_recipient_1.ber': 'key-transport aes-256-cbc',
  'kms_ciphertext_for_recipient_2.ber': 'key-transport aes-256-cbc',
  'kms_ciphertext_for_recipient_3.ber': 'key-transport aes-256-cbc',
  'kms_ciphertext_for_recipient_4.ber': 'key-transport aes-256-cbc',
  'compressed_data.bin': 'PACKAGE_ALGORITHM_REFUSED CompressedData',
  'digested_data.bin': 'PACKAGE_ALGORITHM_REFUSED DigestedData',
  'encrypted_data.bin': 'PACKAGE_ALGORITHM_REFUSED EncryptedData',
  'certData.bin': 'PACKAGE_ALGORITHM_REFUSED data',
  'signer_info_sequence_not_set.bin': 'PACKAGE_MALFORMED ',
};

/** Number of certificates and the verdict on each signer; old digests allowed. */
const SIGNED: Readonly<Record<string, string>> = {
  // The certificate is the content, not a member of the set
  'apple_mdm_signature_der.bin': '0 NO_SIGNING_CERTIFICATE_FOUND',
  'authroot.stl': '2 TOTAL_PASSED',
  'cms_ber.bin': '1 TOTAL_PASSED',
  'cms_der.bin': '1 TOTAL_PASSED',
  'scep_der.bin': '1 TOTAL_PASSED',
  'sd.cms': '1 TOTAL_PASSED',
  'pkits.p7b': '2 ',
  'pkits_ee.p7b': '1 ',
};

function headerOutcome(file: string): string {
  try {
    const header = parseEnvelopedHeader(readFileSync(join(folder, file)));
    if (header === 'more') return header;
    const kinds = header.recipients.map((one) => (one.kind === 'other' ? one.type : one.kind));
    return `${kinds.join()} ${header.encryption.cipher}`;
  } catch (error) {
    if (!isAppError(error)) throw error;
    return `${error.code} ${error.params['algorithm'] ?? ''}`;
  }
}

function signedOutcome(file: string): string {
  const signedData = parseSignedData(readFileSync(join(folder, file)));
  const content = bufferContent(signedData.content ?? Buffer.alloc(0));
  const policy = { allowLegacy: true };
  const verdicts = signedData.signerInfos.map((signerInfo) => {
    const { indication, subIndication } = verifySignerInfo({ signedData, signerInfo, content, policy });
    return subIndication ?? indication;
  });
  return `${signedData.certificates.length} ${verdicts.join()}`;
}

describe.skipIf(root === null)('CMS of RustCrypto, Apple, Microsoft and AWS (25 files)', () => {
  test.each([
    ['rustcrypto-enveloped', HEADERS, headerOutcome],
    ['rustcrypto-signed', SIGNED, signedOutcome],
  ] as const)('%s: a file reads otherwise than its writer meant', (suite, expected, outcome) => {
    const result = runSuite(
      suite,
      Object.keys(expected),
      (file) => file,
      (file) => (outcome(file) === expected[file] ? null : outcome(file)),
    );
    expect(result).toMatchObject({ unexpected: [], stale: [] });
  });
});
