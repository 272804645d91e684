import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  context,
  contextPrimitive,
  integer,
  objectIdentifier,
  sequence,
  setOf,
  tlv,
  utf8String,
} from '../../../../electron/pki/asn1/der-writer.ts';
import { issueCrl } from '../../../../electron/pki/issue/issue-crl.ts';
import { encodeName } from '../../../../electron/pki/issue/subject-name.ts';
import {
  caExtension,
  dnsName,
  emailName,
  extension,
  uriName,
} from '../../../../electron/pki/issue/write-extensions.ts';
import { OID } from '../../../../electron/pki/oids.ts';
import { validatePath } from '../../../../electron/pki/path/validate-path.ts';
import { isAppError } from '../../../../shared/errors.ts';
import { daysFrom, make, makeCa, pathRequest } from '../../../fixtures/pki-material.ts';

const elsewhere = encodeName({ commonName: 'elsewhere' });
/** Constraints of every form, which no name below meets: all names are compared. */
const excluded = [dnsName('x.example'), emailName('x.example'), uriName('x.example'), context(4, elsewhere)];
const root = makeCa('root', {
  extensions: [extension(OID.nameConstraints, true, sequence(context(1, ...excluded.map((name) => sequence(name)))))],
});
/** A point of its own, with which those of certificates are compared. */
const scope = sequence(context(0, context(0, context(4, elsewhere))));
const crl = issueCrl(
  {
    thisUpdate: daysFrom(-1),
    nextUpdate: daysFrom(1),
    number: 1,
    revoked: [],
    extensions: [extension(OID.issuingDistributionPoint, true, scope)],
  },
  root,
);
const names = [
  dnsName('a.example'),
  emailName('a@b.example'),
  uriName('https://a.example/x'),
  context(4, encodeName({ commonName: 'x', emailAddress: 'a@b.example' })),
  contextPrimitive(7, Buffer.from([192, 0, 2, 1])),
];
const subtrees = names.slice(0, 4).map((name) => sequence(name));
const policy = sequence(objectIdentifier('1.2.3'));
const relative = context(1, setOf(sequence(objectIdentifier(OID.commonName), utf8String('x'))));

/** One good value of everything that validation reads. */
const VALUES: readonly (readonly [string, Buffer])[] = [
  [OID.subjectAltName, sequence(...names)],
  [OID.nameConstraints, sequence(context(0, ...subtrees), context(1, ...subtrees))],
  [OID.certificatePolicies, sequence(policy, sequence(objectIdentifier(OID.anyPolicy)))],
  [OID.policyMappings, sequence(sequence(objectIdentifier('1.2.3'), objectIdentifier('1.2.4')))],
  [OID.policyConstraints, sequence(contextPrimitive(0, Buffer.from([1])), contextPrimitive(1, Buffer.from([0])))],
  [OID.inhibitAnyPolicy, integer(1)],
  [
    OID.cRLDistributionPoints,
    sequence(
      sequence(
        context(0, context(0, ...names)),
        tlv(0x81, Buffer.from([1, 6])),
        context(2, names[3] ?? Buffer.alloc(0)),
      ),
    ),
  ],
  [OID.cRLDistributionPoints, sequence(sequence(context(0, relative)))],
  [OID.authorityKeyIdentifier, sequence(contextPrimitive(0, Buffer.from([1])))],
  [OID.basicConstraints, sequence(tlv(1, Buffer.from([255])), integer(3))],
  [OID.keyUsage, tlv(3, Buffer.from([2, 0x84]))],
  [OID.extKeyUsage, sequence(objectIdentifier(OID.emailProtection))],
];

/** Judges a leaf below a CA that both carry the extension, properly signed. */
function judge(id: string, value: Buffer): string {
  try {
    const own = [extension(id, true, value)];
    const ca = id === OID.basicConstraints ? [] : [caExtension(null)];
    const sub = make('sub', { issuer: root, keys: root.keys }, [...ca, ...own]);
    const leaf = make('leaf', { issuer: sub, keys: root.keys }, own);
    const change = { untrusted: [sub.certificate], crls: [crl], revocation: 'soft' } as const;
    return validatePath(pathRequest(leaf.certificate, root.certificate, change)).indication;
  } catch (error) {
    // parsing refuses at once what every certificate needs
    if (isAppError(error)) return error.code;
    throw error;
  }
}

test.each([
  ['alternative name', OID.subjectAltName, sequence(context(4, sequence(integer(1))))],
  [
    'distribution point',
    OID.cRLDistributionPoints,
    sequence(sequence(context(0, context(0, context(4, sequence(integer(1))))))),
  ],
  ['relative distribution point', OID.cRLDistributionPoints, sequence(sequence(context(0, context(1, integer(1)))))],
])('a malformed directory name in the %s throws, or passes', (_, id, value) => {
  expect(judge(id, value)).toBe('INDETERMINATE');
});

describe.each(VALUES)('%s', (id, good) => {
  test('changed octets that a CA has signed make validation throw', () => {
    const change = fc.record({
      offset: fc.nat(good.length - 1),
      octet: fc.nat(255),
      cut: fc.option(fc.nat(good.length), { freq: 4 }),
    });
    fc.assert(
      fc.property(change, ({ offset, octet, cut }) => {
        const value = Buffer.from(good);
        value.writeUInt8(octet, offset);
        expect(['TOTAL_PASSED', 'INDETERMINATE', 'CERTIFICATE_MALFORMED']).toContain(
          judge(id, value.subarray(0, cut ?? value.length)),
        );
      }),
      { numRuns: 200 },
    );
  });
});
