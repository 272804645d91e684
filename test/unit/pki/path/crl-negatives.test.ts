import { expect, test } from 'vitest';
import { integer } from '../../../../electron/pki/asn1/der-writer.ts';
import type { Crl } from '../../../../electron/pki/crl.ts';
import { extension } from '../../../../electron/pki/issue/write-extensions.ts';
import type { PathRequest } from '../../../../electron/pki/path/path-types.ts';
import { validatePath } from '../../../../electron/pki/path/validate-path.ts';
import type { SubIndication } from '../../../../electron/pki/verdict.ts';
import {
  COMPROMISES,
  type CraftedCrl,
  type CraftedEntry,
  craftCrl,
  deltaExtension,
  OTHER_REASONS,
  pointExtension,
  scopeExtension,
} from '../../../fixtures/craft-crl.ts';
import { daysFrom, makeCa, makeLeaf, pathRequest } from '../../../fixtures/pki-material.ts';

const POINT = 'http://crl.example/part-1.crl';
const OTHER_POINT = 'http://crl.example/part-2.crl';

const root = makeCa('root');
const otherRoot = makeCa('other root');
const sub = makeCa('sub', { issuer: root });
const leaf = makeLeaf('leaf', { issuer: sub });
/** Issues lists for others, below the same anchor. */
const lister = makeCa('lister', { issuer: root, usages: ['cRLSign'] });
const partitioned = makeLeaf('partitioned', { issuer: sub, extensions: [pointExtension({ uri: POINT })] });
const referred = makeLeaf('referred', {
  issuer: sub,
  extensions: [pointExtension({ crlIssuer: lister.certificate.subject })],
});

const bySub = (change: Partial<CraftedCrl> = {}): Crl => craftCrl({ signer: sub, ...change });
const byLister = (change: Partial<CraftedCrl> = {}): Crl => craftCrl({ signer: lister, ...change });
const entry = ({ certificate }: typeof leaf, change: Partial<CraftedEntry> = {}): CraftedEntry => ({
  serial: certificate.serial,
  reason: 1,
  ...change,
});
const ofRoot = craftCrl({ signer: root });
const indirect = scopeExtension({ flags: [4] });
const stale = { thisUpdate: daysFrom(-9), nextUpdate: daysFrom(-2) };
const later = { thisUpdate: daysFrom(20), nextUpdate: daysFrom(27) };
const hold = bySub({ number: 3, entries: [entry(leaf, { reason: 6 })] });
const released = [entry(leaf, { reason: 8 })];

interface Case {
  /** Default `leaf`. */
  readonly of?: typeof leaf;
  readonly crls: readonly Crl[];
  /** Null: it passes. */
  readonly expected: SubIndication | null;
  readonly change?: Partial<PathRequest>;
}

const namesake = makeCa('sub', { issuer: otherRoot });
const twinSerial = { serial: leaf.certificate.serial };

/** Each by what it would let through, or refuse without ground. */
const CASES: Readonly<Record<string, Case>> = {
  'a namesake of the CA below another anchor hides a revocation': {
    crls: [ofRoot, craftCrl({ signer: namesake })],
    expected: 'TRY_LATER',
    change: {
      anchors: [root.certificate, otherRoot.certificate],
      untrusted: [sub.certificate, namesake.certificate],
    },
  },
  'a CA clears itself by a list in the name of the one above': {
    crls: [craftCrl({ signer: sub, issuer: root.certificate.subject }), bySub()],
    expected: 'TRY_LATER',
  },
  'a leaf clears itself by a list in the name of its CA': {
    crls: [ofRoot, craftCrl({ signer: leaf, issuer: sub.certificate.subject })],
    expected: 'TRY_LATER',
  },
  'a list of the CA above clears what the CA below has issued': { crls: [ofRoot], expected: 'TRY_LATER' },
  'the serial number of a certificate of another CA revokes this one': {
    crls: [craftCrl({ signer: root, entries: [twinSerial] }), bySub()],
    expected: null,
  },
  'a list whose key identifier names another key is taken from whoever signed it, but a true one is lost': {
    crls: [ofRoot, bySub({ keyId: root.certificate.subjectKeyId, entries: [entry(leaf)] })],
    expected: 'REVOKED_NO_POE',
  },
  'a list without an end holds for ever': { crls: [ofRoot, bySub({ nextUpdate: null })], expected: 'TRY_LATER' },
  'a revocation is forgotten when its list grows old, under soft': {
    crls: [ofRoot, bySub({ ...stale, entries: [entry(leaf)] })],
    expected: 'REVOKED_NO_POE',
    change: { revocation: 'soft' },
  },
  'a revocation is only unknown when its list grows old, under require': {
    crls: [ofRoot, bySub({ ...stale, entries: [entry(leaf)] })],
    expected: 'REVOKED_NO_POE',
  },
  'an old list of a stranger revokes': {
    crls: [ofRoot, craftCrl({ signer: leaf, issuer: sub.certificate.subject, ...stale, entries: [entry(leaf)] })],
    expected: 'TRY_LATER',
  },
  'a hold of an old list lasts although it may have been lifted since': {
    crls: [ofRoot, bySub({ ...stale, entries: [entry(leaf, { reason: 6 })] })],
    expected: null,
    change: { revocation: 'soft' },
  },
  'an old list that has nothing against it counts as good': {
    crls: [ofRoot, bySub(stale)],
    expected: 'TRY_LATER',
  },
  'a revoked CA is forgotten when the list grows old, under soft': {
    crls: [craftCrl({ signer: root, ...stale, entries: [entry(sub)] }), bySub()],
    expected: 'REVOKED_CA_NO_POE',
    change: { revocation: 'soft' },
  },
  'a list of user certificates clears a CA': {
    crls: [craftCrl({ signer: root, extensions: [scopeExtension({ flags: [1] })] }), bySub()],
    expected: 'TRY_LATER',
  },
  'a list of another part clears a certificate that points elsewhere': {
    of: partitioned,
    crls: [ofRoot, bySub({ extensions: [scopeExtension({ uri: OTHER_POINT })] })],
    expected: 'TRY_LATER',
  },
  'a list of one part clears a certificate that points nowhere': {
    crls: [ofRoot, bySub({ extensions: [scopeExtension({ uri: POINT })] })],
    expected: 'TRY_LATER',
  },
  'the list of its own part is not found': {
    of: partitioned,
    crls: [ofRoot, bySub({ extensions: [scopeExtension({ uri: POINT })] })],
    expected: null,
  },
  'half of the reasons count as all': {
    crls: [ofRoot, bySub({ extensions: [scopeExtension({ reasons: COMPROMISES })] })],
    expected: 'TRY_LATER',
  },
  'two halves of the reasons are not put together': {
    crls: [
      ofRoot,
      bySub({ extensions: [scopeExtension({ reasons: COMPROMISES })] }),
      bySub({ extensions: [scopeExtension({ reasons: OTHER_REASONS })] }),
    ],
    expected: null,
  },
  'a revocation in the second half of the reasons is not seen': {
    crls: [
      ofRoot,
      bySub({ extensions: [scopeExtension({ reasons: COMPROMISES })] }),
      bySub({ extensions: [scopeExtension({ reasons: OTHER_REASONS })], entries: [entry(leaf, { reason: 4 })] }),
    ],
    expected: 'REVOKED_NO_POE',
  },
  'a list of another issuer counts although it does not say that it is indirect': {
    of: referred,
    crls: [ofRoot, byLister()],
    expected: 'TRY_LATER',
  },
  'a list of another issuer counts because it has some scope, though not that of others’ certificates': {
    of: referred,
    crls: [ofRoot, byLister({ extensions: [scopeExtension({ flags: [1] })] })],
    expected: 'TRY_LATER',
  },
  'a key in other hands before the moment in question counts as good, since its entry is of later': {
    crls: [ofRoot, bySub({ ...later, entries: [entry(leaf, { days: 10, invalidSince: -5 })] })],
    expected: 'REVOKED_NO_POE',
  },
  'an entry of later, for what happened later, revokes what was signed before': {
    crls: [ofRoot, bySub({ ...later, entries: [entry(leaf, { days: 10, invalidSince: 5 })] })],
    expected: null,
  },
  'an indirect list counts for a certificate that does not refer to its issuer': {
    crls: [ofRoot, byLister({ extensions: [indirect] })],
    expected: 'TRY_LATER',
  },
  'an indirect list is not found': {
    of: referred,
    crls: [ofRoot, byLister({ extensions: [indirect] })],
    expected: null,
  },
  'an indirect list whose issuer stands below another anchor counts': {
    of: referred,
    crls: [
      ofRoot,
      craftCrl({ signer: makeCa('lister', { issuer: otherRoot, usages: ['cRLSign'] }), extensions: [indirect] }),
    ],
    expected: 'TRY_LATER',
    change: { anchors: [root.certificate, otherRoot.certificate] },
  },
  'an entry of an indirect list for its CA is not seen': {
    of: referred,
    crls: [
      ofRoot,
      byLister({ extensions: [indirect], entries: [entry(referred, { issuer: sub.certificate.subject })] }),
    ],
    expected: 'REVOKED_NO_POE',
  },
  'an entry that follows in an indirect list without a name of its own is not seen': {
    of: referred,
    crls: [
      ofRoot,
      byLister({
        extensions: [indirect],
        entries: [{ serial: Buffer.from([9]), issuer: sub.certificate.subject }, entry(referred)],
      }),
    ],
    expected: 'REVOKED_NO_POE',
  },
  'an entry of an indirect list for another CA revokes the same serial number': {
    of: referred,
    crls: [
      ofRoot,
      byLister({ extensions: [indirect], entries: [entry(referred, { issuer: root.certificate.subject })] }),
    ],
    expected: null,
  },
  'an entry for the issuer of an indirect list itself revokes the same serial number': {
    of: referred,
    crls: [ofRoot, byLister({ extensions: [indirect], entries: [entry(referred)] })],
    expected: null,
  },
  'an indirect list with a critical extension that nobody knows counts': {
    of: referred,
    crls: [ofRoot, byLister({ extensions: [indirect, extension('1.3.6.1.4.1.99999.1', true, integer(1))] })],
    expected: 'TRY_LATER',
  },
  'a delta of a stranger lifts a hold': {
    crls: [
      ofRoot,
      hold,
      craftCrl({
        signer: leaf,
        issuer: sub.certificate.subject,
        keyId: sub.certificate.subjectKeyId,
        number: 4,
        entries: released,
        extensions: [deltaExtension(3)],
      }),
    ],
    expected: 'TRY_LATER',
  },
  'a delta of another scope lifts a hold': {
    crls: [
      ofRoot,
      hold,
      bySub({ number: 4, entries: released, extensions: [scopeExtension({ flags: [1] }), deltaExtension(3)] }),
    ],
    expected: 'TRY_LATER',
  },
  'a delta of another key of the CA lifts a hold': {
    crls: [
      ofRoot,
      hold,
      bySub({
        number: 4,
        entries: released,
        keyId: root.certificate.subjectKeyId,
        extensions: [deltaExtension(3)],
      }),
    ],
    expected: 'TRY_LATER',
  },
  'a delta that has had its time lifts a hold': {
    crls: [ofRoot, hold, bySub({ ...stale, number: 4, entries: released, extensions: [deltaExtension(3)] })],
    expected: 'TRY_LATER',
  },
  'a delta that is older than the list lifts a hold again': {
    crls: [ofRoot, hold, bySub({ number: 2, entries: released, extensions: [deltaExtension(1)] })],
    expected: 'TRY_LATER',
  },
  'a delta over an older base does not amend a newer list': {
    crls: [ofRoot, hold, bySub({ number: 4, entries: released, extensions: [deltaExtension(2)] })],
    expected: null,
  },
};

test.each(Object.entries(CASES))('%s', (_, { of = leaf, crls, expected, change = {} }) => {
  const untrusted = [sub.certificate, lister.certificate];
  const request = { untrusted, crls, revocation: 'require', ...change } as const;
  const { subIndication, checks } = validatePath(pathRequest(of.certificate, root.certificate, request));
  expect({ subIndication, checks }).toEqual({ subIndication: expected, checks });
});
