import { OID as PKI_OID } from '../../pki/oids.ts';

/** Object identifiers of the Cryptographic Message Syntax beside those of certificates, named as in their documents. */
export const OID = {
  ...PKI_OID,

  // Content types (RFC 5083, 3161)
  authEnvelopedData: '1.2.840.113549.1.9.16.1.23',
  tstInfo: '1.2.840.113549.1.9.16.1.4',

  // Attributes (RFC 5652 11, RFC 5035, RFC 6211)
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  countersignature: '1.2.840.113549.1.9.6',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  signatureTimeStampToken: '1.2.840.113549.1.9.16.2.14',
  cmsAlgorithmProtection: '1.2.840.113549.1.9.52',

  // Revocation data beside lists (RFC 5940, 2.1)
  ocspResponseFormat: '1.3.6.1.5.5.7.16.2',

  // Digests
  sha224: '2.16.840.1.101.3.4.2.4',

  // Key agreement (RFC 5753)
  stdDhSha1Kdf: '1.3.133.16.840.63.0.2',
  cofactorDhSha1Kdf: '1.3.133.16.840.63.0.3',
  stdDhSha224Kdf: '1.3.132.1.11.0',
  stdDhSha256Kdf: '1.3.132.1.11.1',
  stdDhSha384Kdf: '1.3.132.1.11.2',
  stdDhSha512Kdf: '1.3.132.1.11.3',
  cofactorDhSha224Kdf: '1.3.132.1.14.0',
  cofactorDhSha256Kdf: '1.3.132.1.14.1',
  cofactorDhSha384Kdf: '1.3.132.1.14.2',
  cofactorDhSha512Kdf: '1.3.132.1.14.3',

  // Key wrap (RFC 3565, 3370)
  aes128Wrap: '2.16.840.1.101.3.4.1.5',
  aes192Wrap: '2.16.840.1.101.3.4.1.25',
  aes256Wrap: '2.16.840.1.101.3.4.1.45',
  tripleDesWrap: '1.2.840.113549.1.9.16.3.6',

  // Content encryption (RFC 5084, 3565, 3370, 3657)
  aes128Gcm: '2.16.840.1.101.3.4.1.6',
  aes192Gcm: '2.16.840.1.101.3.4.1.26',
  aes256Gcm: '2.16.840.1.101.3.4.1.46',
  aes128Cbc: '2.16.840.1.101.3.4.1.2',
  aes192Cbc: '2.16.840.1.101.3.4.1.22',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
  aes128Ecb: '2.16.840.1.101.3.4.1.1',
  aes192Ecb: '2.16.840.1.101.3.4.1.21',
  aes256Ecb: '2.16.840.1.101.3.4.1.41',
  tripleDesCbc: '1.2.840.113549.3.7',
  rc2Cbc: '1.2.840.113549.3.2',
  desCbc: '1.3.14.3.2.7',
  cast5Cbc: '1.2.840.113533.7.66.10',
  camellia128Cbc: '1.2.392.200011.61.1.1.1.2',
  camellia192Cbc: '1.2.392.200011.61.1.1.1.3',
  camellia256Cbc: '1.2.392.200011.61.1.1.1.4',
  camellia128Ecb: '0.3.4401.5.3.1.9.1',

  // Signatures (RFC 5754)
  sha224WithRSAEncryption: '1.2.840.113549.1.1.14',
  ecdsaWithSHA224: '1.2.840.10045.4.3.1',
} as const;

/** What is refused is refused by its name, so that a person can ask the counterpart for something else. */
const REFUSED_NAMES: Readonly<Record<string, string>> = {
  '1.2.156.10197.1.104.2': 'SM4-CBC (GB/T 32907)',
  '1.2.156.10197.1.104.8': 'SM4-GCM (GB/T 32907)',
  '1.2.156.10197.1.104': 'SM4 (GB/T 32907)',
  '1.2.156.10197.1.104.1': 'SM4-ECB (GB/T 32907)',
  '1.2.156.10197.1.301.1': 'SM2 signature (GB/T 32918.2)',
  '1.2.156.10197.1.301.3': 'SM2 encryption (GB/T 32918.4)',
  '1.2.156.10197.1.401': 'SM3 (GB/T 32905)',
  '1.2.156.10197.1.401.1': 'SM3 (GB/T 32905)',
  '1.2.156.10197.1.501': 'SM2 with SM3 (GB/T 32918.2)',
  '1.2.156.10197.6.1.4.2.1': 'SM data (GB/T 35275)',
  '1.2.156.10197.6.1.4.2.2': 'SM SignedData (GB/T 35275)',
  '1.2.156.10197.6.1.4.2.3': 'SM EnvelopedData (GB/T 35275)',
  '1.2.156.10197.6.1.4.2.4': 'SM SignedAndEnvelopedData (GB/T 35275)',
  '1.2.840.113549.1.7.4': 'SignedAndEnvelopedData (PKCS #7)',
  '1.2.840.113549.1.7.5': 'DigestedData',
  '1.2.840.113549.1.7.6': 'EncryptedData',
  '1.2.840.113549.1.9.16.1.2': 'AuthenticatedData',
  '1.2.840.113549.1.9.16.1.9': 'CompressedData',
  '1.2.840.113549.1.9.16.3.5': 'ESDH',
  '1.2.840.113549.1.9.16.3.18': 'ChaCha20-Poly1305',
  '1.2.840.113549.2.4': 'MD4',
  '1.2.840.113549.2.2': 'MD2',
  '2.16.840.1.101.3.4.1.7': 'AES-128-CCM',
  '2.16.840.1.101.3.4.1.27': 'AES-192-CCM',
  '2.16.840.1.101.3.4.1.47': 'AES-256-CCM',
};

const NAMES = new Map(Object.entries(OID).map(([name, oid]) => [oid as string, name]));

/** The name of an object identifier for texts; the dotted form where it is not known. */
export function oidName(oid: string): string {
  return NAMES.get(oid) ?? REFUSED_NAMES[oid] ?? oid;
}
