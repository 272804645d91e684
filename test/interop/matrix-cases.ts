import { hash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ASIC_E_MIMETYPE, ASIC_S_MIMETYPE, ENTRY } from '../../electron/packages/asic/entry-names.ts';
import { buildManifest } from '../../electron/packages/asic/manifest.ts';
import { buildSignedData } from '../../electron/packages/cms/build-signed-data.ts';
import { embedValues } from '../../electron/packages/cms/embed-values.ts';
import { addSignatureTimestamp } from '../../electron/packages/timestamp/add-signature-timestamp.ts';
import type { Certificate } from '../../electron/pki/certificate.ts';
import type { Crl } from '../../electron/pki/crl.ts';
import type { KeyPairCertificate } from '../../electron/pki/identity.ts';
import type { OcspResponse } from '../../electron/pki/ocsp/parse-ocsp-response.ts';
import { craftSignedData, craftSignerInfo, goodAttributes } from '../fixtures/craft-signed-data.ts';
import { craftToken } from '../fixtures/craft-timestamp.ts';
import { flipBit, storedZip, type ZipEntry } from '../fixtures/stored-zip.ts';
import { mustRun } from './foreign-tool.ts';
import type { OddPki } from './odd-pki.ts';

/** The moment that both sides judge by. */
export const AT = new Date('2026-06-01T12:00:00Z');
const day = (text: string): Date => new Date(`${text}T11:00:00Z`);
const FRESH = new Date(AT.getTime() - 3600_000);

export interface MatrixCase {
  readonly container: Buffer;
  readonly anchors: readonly Certificate[];
  readonly crls: readonly Crl[];
  readonly ocsps: readonly OcspResponse[];
}

const DOCUMENTS: readonly ZipEntry[] = [
  { name: 'licence.txt', content: Buffer.from('licence to practise') },
  { name: 'power of attorney.txt', content: Buffer.from('power of attorney') },
];
const sha256 = (content: Buffer): Buffer => hash('sha256', content, 'buffer');

/** What of a case differs from the good one. */
interface Change {
  readonly signer?: string;
  /** Issuers to send along; default the one it was issued by. */
  readonly chain?: readonly string[];
  readonly anchors?: readonly string[];
  readonly crls?: readonly (readonly [repository: string, at: Date])[];
  readonly ocsps?: readonly (readonly [label: string, responder: string, at: Date])[];
  readonly sign?: (content: Buffer, pki: OddPki) => Buffer;
  readonly stamp?: { readonly at: Date; readonly by?: string; readonly over?: Buffer };
  readonly entries?: (entries: readonly ZipEntry[]) => readonly ZipEntry[];
  /** Lists and answers that travel inside the signature: level LT. */
  readonly embed?: Pick<Change, 'crls' | 'ocsps'>;
  readonly form?: 'asic-s';
  /** For DSS, whose constraint cannot say "where there is one": RFC 5280, 4.2.1.3 lets an absent keyUsage restrict nothing. */
  readonly anyKeyUsage?: true;
}

const LISTS = [
  ['sub-crl', FRESH],
  ['root-crl', FRESH],
] as const;
const listsOf = (issuer: string, at = FRESH) =>
  [
    [`${issuer}-crl`, at],
    ['root-crl', FRESH],
  ] as const;
const under = (issuer: string): Change => ({ signer: `by-${issuer}`, chain: [issuer], crls: listsOf(issuer) });
const edit =
  (name: string, change: (content: Buffer) => Buffer) =>
  (entries: readonly ZipEntry[]): readonly ZipEntry[] =>
    entries.map((entry) => (entry.name === name ? { name, content: change(entry.content) } : entry));
const turned = (offset: number) => (content: Buffer) => flipBit(content, offset);

export const CASES: Readonly<Record<string, Change>> = {
  // whose signature holds
  'B, P-256': {},
  'B, P-384': { signer: 'good-p384' },
  'B, P-521': { signer: 'good-p521' },
  'B, RSA-3072': { signer: 'good-rsa' },
  'B, RSASSA-PSS': { signer: 'good-rsa', sign: (content, pki) => signWith(pki, 'good-rsa', content, true) },
  'B, Ed25519': { signer: 'good-ed25519' },
  'B, issued by the root': { signer: 'by-root', chain: [], crls: [['root-crl', FRESH]] },
  'B, anchor is the issuing CA': { anchors: ['sub'], crls: [['sub-crl', FRESH]] },
  'B, certificate with a policy': { signer: 'with-policy' },
  'B, ASiC-S': { form: 'asic-s' },
  'B, two signers in one signature': { sign: (content, pki) => signBy(pki, ['good', 'by-root'], content) },
  // revocation
  revoked: { signer: 'revoked' },
  'on hold': { signer: 'on-hold' },
  superseded: { signer: 'superseded' },
  'revoked after the only list, which is stale': {
    signer: 'revoked',
    crls: [['sub-crl', day('2026-05-14')], LISTS[1]],
  },
  'no list at all': { crls: [] },
  'no list of the CA': { crls: [['root-crl', FRESH]] },
  'no list of the root': { crls: [['sub-crl', FRESH]] },
  'stale list': { crls: [['sub-crl', day('2026-01-10')], LISTS[1]] },
  'list of another CA': { crls: [['other-crl', FRESH], LISTS[1]] },
  'issuing CA revoked': under('revoked-sub'),
  'CA may not sign lists': under('no-crls'),
  'OCSP, good': { crls: [LISTS[1]], ocsps: [['good', 'sub-ocsp', FRESH]] },
  'OCSP by the CA, good': { crls: [LISTS[1]], ocsps: [['good', 'own-ocsp', FRESH]] },
  'OCSP, revoked': { signer: 'revoked', crls: [LISTS[1]], ocsps: [['revoked', 'sub-ocsp', FRESH]] },
  'OCSP, on hold': { signer: 'on-hold', crls: [LISTS[1]], ocsps: [['on-hold', 'sub-ocsp', FRESH]] },
  'OCSP, stale': { crls: [LISTS[1]], ocsps: [['good', 'sub-ocsp', day('2026-05-01')]] },
  'OCSP, responder without authority': { crls: [LISTS[1]], ocsps: [['good', 'false-ocsp', FRESH]] },
  'OCSP, of another certificate': { crls: [LISTS[1]], ocsps: [['good-rsa', 'sub-ocsp', FRESH]] },
  // time
  expired: { signer: 'expired', crls: [['sub-crl', day('2026-04-25')], LISTS[1]] },
  'expired, newer list': { signer: 'expired' },
  'expired, no list': { signer: 'expired', crls: [] },
  'revoked, then expired': { signer: 'revoked-expired', crls: [['sub-crl', day('2026-04-25')], LISTS[1]] },
  'not yet valid': { signer: 'early' },
  'not yet valid, list from when it is': { signer: 'early', crls: [['sub-crl', day('2026-09-20')], LISTS[1]] },
  'issuing CA expired': under('expired-sub'),
  // what a certificate may do
  'for encryption only': { signer: 'encrypts' },
  'for TLS servers only': { signer: 'serves' },
  'for timestamps only': { signer: 'stamps' },
  'without keyUsage': { signer: 'no-usage', anyKeyUsage: true },
  'CA for TLS servers only': under('tls-sub'),
  'name outside the permitted': under('constrained'),
  'issuer is no CA': under('layman'),
  'issuer may not sign certificates': under('no-sign'),
  'path too long': {
    signer: 'by-nested',
    chain: ['nested', 'shallow'],
    crls: [['nested-crl', FRESH], ['shallow-crl', FRESH], LISTS[1]],
  },
  'policy required and missing': under('explicit'),
  'policy required and there': { ...under('explicit'), signer: 'explicit-with-policy' },
  'unknown critical extension': { signer: 'critical' },
  // paths
  'unknown CA': { signer: 'by-stranger', chain: ['other-root'], crls: [['other-crl', FRESH]] },
  'intermediate missing': { chain: [] },
  // algorithms
  'certificate signed with SHA-1': { signer: 'sha1-signed' },
  'message signed with SHA-1': { sign: (content, pki) => signByOpenssl(pki, 'good-rsa', content, 'sha1') },
  'RSA of 1024 bits': { signer: 'weak-rsa', sign: (content, pki) => signByOpenssl(pki, 'weak-rsa', content, 'sha256') },
  // content
  'document altered': { entries: edit('licence.txt', turned(3)) },
  'document removed': { entries: (entries) => entries.filter(({ name }) => name !== 'licence.txt') },
  'document added': { entries: (entries) => [...entries, { name: 'more.txt', content: Buffer.from('more') }] },
  'document renamed': {
    entries: (entries) => entries.map((one) => (one.name === 'licence.txt' ? { ...one, name: 'renamed.txt' } : one)),
  },
  'manifest altered': { entries: edit(ENTRY.manifest, (xml) => Buffer.concat([xml, Buffer.from('\n')])) },
  'signature altered': { entries: edit(ENTRY.signature, turned(-3)) },
  'ASiC-S, document altered': { form: 'asic-s', entries: edit('licence.txt', turned(3)) },
  'signature of other content': { sign: (_content, pki) => signWith(pki, 'good', Buffer.from('something else')) },
  'signed attribute altered': { sign: (content, pki) => alterMessageDigest(signWith(pki, 'good', content), content) },
  'certificate swapped under the signature': { sign: (content, pki) => signBy(pki, ['good'], content, 'with-policy') },
  'without signing-certificate': { sign: (content, pki) => signBy(pki, ['good'], content, null) },
  // timestamps
  'T, good': { stamp: { at: day('2026-05-20') } },
  'T, expired since': {
    signer: 'expired',
    crls: [['sub-crl', day('2026-04-25')], LISTS[1]],
    stamp: { at: day('2026-04-20') },
  },
  'T, expired before': {
    signer: 'expired',
    crls: [['sub-crl', day('2026-04-25')], LISTS[1]],
    stamp: { at: day('2026-05-20') },
  },
  'T, revoked since': { signer: 'revoked', stamp: { at: day('2026-05-10') } },
  'T, revoked before': { signer: 'revoked', stamp: { at: day('2026-05-20') } },
  'T, revoked since, TSA of an unknown root': { signer: 'revoked', stamp: { at: day('2026-05-10'), by: 'other-tsa' } },
  'T, revoked since, stamp of something else': {
    signer: 'revoked',
    stamp: { at: day('2026-05-10'), over: Buffer.from('something else') },
  },
  'T, issuing CA revoked since': { ...under('revoked-sub'), stamp: { at: day('2026-04-20') } },
  'LT, lists inside': { crls: [], embed: { crls: LISTS }, stamp: { at: day('2026-05-20') } },
  'LT, list and answer inside': {
    crls: [],
    embed: { crls: [LISTS[1]], ocsps: [['good', 'sub-ocsp', FRESH]] },
    stamp: { at: day('2026-05-20') },
  },
  'LT, revoked since': { signer: 'revoked', crls: [], embed: { crls: LISTS }, stamp: { at: day('2026-05-10') } },
  'LT, revoked before': { signer: 'revoked', crls: [], embed: { crls: LISTS }, stamp: { at: day('2026-05-20') } },
  'LT, on hold': { signer: 'on-hold', crls: [], embed: { crls: LISTS }, stamp: { at: day('2026-05-20') } },
  'LT, expired since': {
    signer: 'expired',
    crls: [],
    embed: { crls: [['sub-crl', day('2026-04-25')], LISTS[1]] },
    stamp: { at: day('2026-04-20') },
  },
  'LT, list of the CA missing': { crls: [], embed: { crls: [LISTS[1]] }, stamp: { at: day('2026-05-20') } },
  'LT, lists inside, unknown CA': {
    signer: 'by-stranger',
    chain: ['other-root'],
    crls: [],
    embed: { crls: [['other-crl', FRESH]] },
  },
  'T, stamped before the certificate': {
    signer: 'early',
    crls: [['sub-crl', day('2026-09-20')], LISTS[1]],
    stamp: { at: day('2026-05-20') },
  },
  'T, stamped before the certificate, which is valid by now': {
    signer: 'young',
    stamp: { at: day('2026-05-20') },
  },
};

/** What DSS and LexPost both get. */
export function makeCase(pki: OddPki, change: Change): MatrixCase {
  const { signer = 'good', anchors = ['root'], crls = LISTS, ocsps = [] } = change;
  return {
    container: makeContainer(pki, signer, change),
    anchors: anchors.map(pki.certificate),
    crls: crls.map(([repository, at]) => pki.crl(repository, at)),
    ocsps: ocsps.map(([label, responder, at]) => pki.ocsp(label, responder, at)),
  };
}

function makeContainer(pki: OddPki, signer: string, change: Change): Buffer {
  const { form, sign, stamp, embed, chain = ['sub'], entries = (all: readonly ZipEntry[]) => all } = change;
  const documents = form === 'asic-s' ? DOCUMENTS.slice(0, 1) : DOCUMENTS;
  const references = documents.map(({ name, content }) => ({ name, sha256: sha256(content) }));
  const content = form === 'asic-s' ? (documents[0]?.content ?? Buffer.alloc(0)) : buildManifest(references);
  const bare = sign?.(content, pki) ?? build(pki.pair(signer), chain.map(pki.certificate), content).der;
  const stamped = stamp === undefined ? bare : addStamp(pki, signer, chain, content, stamp);
  const signature = embed === undefined ? stamped : embedIn(pki, stamped, embed);
  const meta =
    form === 'asic-s'
      ? [{ name: 'META-INF/signature.p7s', content: signature }]
      : [
          { name: ENTRY.manifest, content },
          { name: ENTRY.signature, content: signature },
        ];
  const mimetype = Buffer.from(form === 'asic-s' ? ASIC_S_MIMETYPE : ASIC_E_MIMETYPE);
  return storedZip(entries([{ name: 'mimetype', content: mimetype }, ...documents, ...meta]));
}

const SIGNED_AT = day('2026-04-20');

function build(pair: KeyPairCertificate, chain: readonly Certificate[], content: Buffer, pss = false) {
  return buildSignedData({ ...pair, chain, content, detached: true, signingTime: SIGNED_AT, pss });
}

function embedIn(pki: OddPki, der: Buffer, { crls = [], ocsps = [] }: NonNullable<Change['embed']>): Buffer {
  return embedValues(der, {
    certificates: ['sub', 'root', 'tsa', 'responder'].map((label) => pki.certificate(label).der),
    crls: crls.map(([repository, at]) => pki.crl(repository, at).der),
    ocsps: ocsps.map(([label, responder, at]) => pki.ocsp(label, responder, at).der),
  });
}

const signWith = (pki: OddPki, label: string, content: Buffer, pss = false): Buffer =>
  build(pki.pair(label), [pki.certificate('sub')], content, pss).der;

function addStamp(
  pki: OddPki,
  signer: string,
  chain: readonly string[],
  content: Buffer,
  { at, by = 'tsa', over }: NonNullable<Change['stamp']>,
): Buffer {
  const { der, signature } = build(pki.pair(signer), chain.map(pki.certificate), content);
  const tsa = pki.pair(by);
  const keys = { privateKey: tsa.key, publicKey: tsa.certificate.publicKey };
  const token = craftToken({ digest: sha256(over ?? signature), genTime: at, signer: { ...tsa, keys } });
  return addSignatureTimestamp(der, token);
}

/** One SignedData of several signers; `named` is the certificate that the signing-certificate attribute names, null for none. */
function signBy(pki: OddPki, labels: readonly string[], content: Buffer, named?: string | null): Buffer {
  const signerInfos = labels.map((label) => {
    const pair = pki.pair(label);
    const attributes = {
      ...goodAttributes(content, pair.certificate),
      ...(named === undefined || named === null
        ? {}
        : { signingCertificateV2: goodAttributes(content, pki.certificate(named)).signingCertificateV2 }),
    };
    const kept = Object.entries(attributes).filter(([name]) => named !== null || name !== 'signingCertificateV2');
    return craftSignerInfo(content, { pair, attributes: kept.map(([, der]) => der) });
  });
  const certificates = [...labels, 'sub', ...(named === undefined || named === null ? [] : [named])];
  return craftSignedData({
    content,
    signerInfos,
    certificates: certificates.map((label) => pki.certificate(label).der),
  });
}

/** The digest under the signature is another one: the value no longer fits. */
function alterMessageDigest(der: Buffer, content: Buffer): Buffer {
  const at = der.indexOf(sha256(content));
  return flipBit(der, at);
}

/** What LexPost itself refuses to write. */
function signByOpenssl(pki: OddPki, label: string, content: Buffer, digest: string): Buffer {
  const path = (name: string) => join(pki.folder, `${label}-${digest}-${name}`);
  writeFileSync(path('content'), content);
  const pem = (certificate: string, name: string): string => {
    mustRun('openssl', ['x509', '-inform', 'DER', '-in', pki.certificateFile(certificate), '-out', path(name)]);
    return path(name);
  };
  const who = ['-signer', pem(label, 'signer'), '-inkey', pki.keyFile(label), '-certfile', pem('sub', 'chain')];
  const how = ['-binary', '-cades', '-md', digest, '-outform', 'DER', '-provider', 'default'];
  mustRun('openssl', ['cms', '-sign', ...how, ...who, '-in', path('content'), '-out', path('p7s')]);
  return mustRun('cat', [path('p7s')]).stdout;
}
