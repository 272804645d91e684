import { expect, test } from 'vitest';
import { context, sequence } from '../../../../electron/pki/asn1/der-writer.ts';
import { encodeName } from '../../../../electron/pki/issue/subject-name.ts';
import { dnsName, extension, subjectAltNameExtension } from '../../../../electron/pki/issue/write-extensions.ts';
import { OID } from '../../../../electron/pki/oids.ts';
import type { PathRequest } from '../../../../electron/pki/path/path-types.ts';
import { validatePath } from '../../../../electron/pki/path/validate-path.ts';
import type { SubIndication } from '../../../../electron/pki/verdict.ts';
import { craftCrl } from '../../../fixtures/craft-crl.ts';
import { daysFrom, type Made, makeCa, makeLeaf, pathRequest } from '../../../fixtures/pki-material.ts';

/** nameConstraints that permit one DNS subtree. */
const permitted = (host: string): Buffer =>
  extension(OID.nameConstraints, true, sequence(context(0, sequence(dnsName(host)))));

const root = makeCa('root');
const sub = makeCa('sub', { issuer: root });
const leaf = makeLeaf('leaf', { issuer: sub });
const host = makeLeaf('host', { issuer: sub, extensions: [subjectAltNameExtension([dnsName('court.example')])] });
const otherRoot = makeCa('other root');
const crossed = makeCa('sub', { issuer: otherRoot, keys: sub.keys });
const narrow = makeCa('sub', { issuer: otherRoot, keys: sub.keys, extensions: [permitted('elsewhere.example')] });
const narrowAnchor = makeCa('root', { keys: root.keys, extensions: [permitted('elsewhere.example')] });
const expiredAnchor = makeCa('root', { keys: root.keys, notAfter: daysFrom(-1) });
const twinKey = makeCa('root');
const renewed = makeCa('sub', { issuer: sub });
const byRenewed = makeLeaf('by renewed', { issuer: renewed });
const shallow = makeCa('shallow', { issuer: root, pathLength: 0 });
const shallowRenewed = makeCa('shallow', { issuer: shallow });
const below = makeCa('below', { issuer: shallow });
const layman = makeLeaf('layman', { issuer: sub, usages: ['keyCertSign'] });
const renamed: Made = { ...sub, certificate: makeCa('SUB ', { keys: sub.keys }).certificate };
const misnamed: Made = { ...sub, certificate: makeCa('sub2', { keys: sub.keys }).certificate };
const withWrongKeyId: Made = { ...sub, certificate: { ...sub.certificate, subjectKeyId: Buffer.alloc(20, 7) } };

const lists = (...revoked: readonly Made[]) =>
  [root, otherRoot, sub].map((signer) =>
    craftCrl({ signer, entries: revoked.map(({ certificate: { serial } }) => ({ serial, reason: 1 })) }),
  );

interface Case {
  readonly of?: Made;
  readonly anchors?: readonly Made[];
  readonly via?: readonly Made[];
  readonly expected: SubIndication | null;
  readonly change?: Partial<PathRequest>;
}

/** Each by what it would let through, or refuse without ground. */
const CASES: Readonly<Record<string, Case>> = {
  'a cross certificate with narrower names lets others pass': {
    of: host,
    anchors: [otherRoot],
    via: [narrow],
    expected: 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
  },
  'a cross certificate with narrower names shuts the path beside it': {
    of: host,
    anchors: [otherRoot, root],
    via: [narrow, sub],
    expected: null,
  },
  'a wider cross certificate of the same anchor is not found behind the narrower one': {
    of: host,
    anchors: [otherRoot],
    via: [narrow, crossed],
    expected: null,
  },
  'the constraints of an anchor are not obeyed': {
    of: host,
    anchors: [narrowAnchor],
    expected: 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
  },
  'of two anchors with one key the narrower decides': { of: host, anchors: [narrowAnchor, root], expected: null },
  'of two anchors with one key the expired one decides': { anchors: [expiredAnchor, root], expected: null },
  'an expired anchor passes because its key is another one’s too': {
    anchors: [expiredAnchor],
    expected: 'OUT_OF_BOUNDS_NO_POE',
  },
  'an anchor of the same name with another key passes': { anchors: [twinKey], expected: 'NO_CERTIFICATE_CHAIN_FOUND' },
  'an anchor of the same name with another key hides the right one': { anchors: [twinKey, root], expected: null },
  'an anchor among the untrusted is trusted': {
    anchors: [otherRoot],
    via: [sub, root],
    expected: 'NO_CERTIFICATE_CHAIN_FOUND',
  },
  'a CA that is revoked over one anchor passes over it although only that one is asked': {
    anchors: [otherRoot],
    via: [crossed],
    expected: 'REVOKED_CA_NO_POE',
    change: { revocation: 'require', crls: lists(crossed) },
  },
  'a CA that is revoked over one anchor is refused over the other too': {
    anchors: [otherRoot, root],
    via: [crossed, sub],
    expected: null,
    change: { revocation: 'require', crls: lists(crossed) },
  },
  'a self-issued certificate for a new key is not followed': { of: byRenewed, via: [renewed, sub], expected: null },
  'self-issued certificates lead round and round': {
    of: byRenewed,
    via: [renewed, sub, makeCa('sub', { issuer: renewed, keys: sub.keys })],
    expected: null,
  },
  'self-issued certificates that never reach an anchor are followed for ever': {
    of: byRenewed,
    anchors: [otherRoot],
    via: [renewed, sub, makeCa('sub', { issuer: renewed, keys: sub.keys })],
    expected: 'NO_CERTIFICATE_CHAIN_FOUND',
  },
  'pathLen counts a self-issued certificate': {
    of: makeLeaf('deep', { issuer: shallowRenewed }),
    via: [shallowRenewed, shallow],
    expected: null,
  },
  'pathLen 0 lets another CA issue': {
    of: makeLeaf('deep', { issuer: below }),
    via: [below, shallow],
    expected: 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
  },
  'keyCertSign alone makes a CA': {
    of: makeLeaf('of a layman', { issuer: layman }),
    via: [layman, sub],
    expected: 'CERTIFICATE_CHAIN_GENERAL_FAILURE',
  },
  'an issuer named in other letter case and spacing is another one (RFC 5280, 7.1)': {
    of: makeLeaf('renamed', { issuer: renamed }),
    expected: null,
  },
  'an issuer named otherwise passes because the key fits': {
    of: makeLeaf('misnamed', { issuer: misnamed }),
    expected: 'NO_CERTIFICATE_CHAIN_FOUND',
  },
  'a key identifier that fits nobody shuts a path whose signatures hold': {
    of: makeLeaf('wrong hint', { issuer: withWrongKeyId }),
    expected: null,
  },
  'a key identifier that fits makes up for a signature by another key': {
    of: makeLeaf('false hint', {
      issuer: { ...makeCa('sub'), certificate: { ...sub.certificate } },
    }),
    expected: 'NO_CERTIFICATE_CHAIN_FOUND',
  },
};

test.each(Object.entries(CASES))('%s', (_, { of = leaf, anchors = [root], via = [sub], expected, change = {} }) => {
  const request = {
    anchors: anchors.map(({ certificate }) => certificate),
    untrusted: via.map(({ certificate }) => certificate),
    ...change,
  };
  const { subIndication, checks } = validatePath(pathRequest(of.certificate, root.certificate, request));
  expect({ subIndication, checks }).toEqual({ subIndication: expected, checks });
});

test('an empty issuer name passes', () => {
  const nameless = { ...sub, certificate: { ...sub.certificate, subject: encodeName({}) } };
  const { certificate } = makeLeaf('nobody’s', { issuer: nameless });
  expect(validatePath(pathRequest(certificate, root.certificate, { untrusted: [sub.certificate] })).indication).toBe(
    'INDETERMINATE',
  );
});
