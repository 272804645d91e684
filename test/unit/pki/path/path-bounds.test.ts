import { describe, expect, test } from 'vitest';
import { context, sequence } from '../../../../electron/pki/asn1/der-writer.ts';
import { issueCrl } from '../../../../electron/pki/issue/issue-crl.ts';
import { dnsName, extension, subjectAltNameExtension } from '../../../../electron/pki/issue/write-extensions.ts';
import { generateKeyPair } from '../../../../electron/pki/keys.ts';
import { OID } from '../../../../electron/pki/oids.ts';
import { findPaths } from '../../../../electron/pki/path/find-paths.ts';
import { pathCode } from '../../../../electron/pki/path/path-code.ts';
import { createBudget, createPool } from '../../../../electron/pki/path/path-search.ts';
import { validatePath } from '../../../../electron/pki/path/validate-path.ts';
import { signatureCost } from '../../../../electron/pki/signature-cost.ts';
import { HOSTILE_GRAPHS, type HostileGraph } from '../../../fixtures/hostile-graphs.ts';
import { AT, daysFrom, type Made, makeCa, makeLeaf, pathRequest } from '../../../fixtures/pki-material.ts';

const root = makeCa('root');

describe('graphs that never end', () => {
  test('two CAs that certify each other are followed round and round', () => {
    const a = makeCa('a');
    const b = makeCa('b', { issuer: a });
    const aByB = makeCa('a', { issuer: b, keys: a.keys });
    const aByRoot = makeCa('a', { issuer: root, keys: a.keys });
    const leaf = makeLeaf('leaf', { issuer: b });
    const untrusted = [a, b, aByB].map(({ certificate }) => certificate);
    const verdict = validatePath(pathRequest(leaf.certificate, root.certificate, { untrusted }));
    expect(verdict.subIndication).toBe('NO_CERTIFICATE_CHAIN_FOUND');
    const found = validatePath(
      pathRequest(leaf.certificate, root.certificate, { untrusted: [...untrusted, aByRoot.certificate] }),
    );
    expect(found.path.map(({ commonName }) => commonName)).toEqual(['leaf', 'b', 'a', 'root']);
  });

  test('a complete graph of cross certificates makes the search hang', () => {
    const names = Array.from({ length: 12 }, (_, index) => `ca ${index}`);
    const cas = names.map((name) => makeCa(name));
    const cross = cas.flatMap((issuer) =>
      cas.filter((subject) => subject !== issuer).map((subject) => crossCertificate(subject, issuer)),
    );
    const [first] = cas;
    if (first === undefined) throw new Error('no CA');
    const leaf = makeLeaf('leaf', { issuer: first });
    const budget = createBudget();
    const pool = createPool([root.certificate], cross, {}, budget);
    const notes = { exhausted: false, refused: new Set<string>() };
    expect([...findPaths(leaf.certificate, AT, pool, notes)]).toEqual([]);
    expect(notes.exhausted).toBe(true);
    expect(budget.exhausted).toBe(true);
    expect(budget.signatureWork).toBeGreaterThan(-20);
    const verdict = validatePath(pathRequest(leaf.certificate, root.certificate, { untrusted: cross }));
    expect(verdict.subIndication).toBe('CERTIFICATE_CHAIN_GENERAL_FAILURE');
    expect(verdict.checks.at(-1)).toMatchObject({ id: 'path-search', ok: false });
  });

  test('thousands of namesakes are all checked', () => {
    const keys = generateKeyPair('p256');
    const namesakes = Array.from({ length: 1_200 }, () => makeCa('sub', { issuer: root, keys }).certificate);
    const leaf = makeLeaf('leaf', { issuer: makeCa('sub', { issuer: root }) });
    const verdict = validatePath(pathRequest(leaf.certificate, root.certificate, { untrusted: namesakes }));
    expect(verdict.subIndication).toBe('CERTIFICATE_CHAIN_GENERAL_FAILURE');
  });

  test('paths that all fail late are all tried', () => {
    const keys = generateKeyPair('p256');
    const unfit = Array.from(
      { length: 200 },
      () => makeCa('sub', { issuer: root, keys, usages: ['cRLSign'] }).certificate,
    );
    const leaf = makeLeaf('leaf', { issuer: makeCa('sub', { issuer: root, keys }) });
    const verdict = validatePath(pathRequest(leaf.certificate, root.certificate, { untrusted: unfit }));
    expect(verdict.checks.at(-1)).toMatchObject({ id: 'path-search', ok: false });
  });

  test('thousands of names meet thousands of constraints', () => {
    const names = Array.from({ length: 1_500 }, (_, index) => dnsName(`h${index}.example`));
    const excluded = sequence(context(1, ...names.map((name) => sequence(name))));
    const constraint = extension(OID.nameConstraints, true, excluded);
    const ca = makeCa('sub', { issuer: root, extensions: [constraint] });
    const others = names.map((_, index) => dnsName(`x${index}.example`));
    const leaf = makeLeaf('leaf', { issuer: ca, extensions: [subjectAltNameExtension(others)] });
    const verdict = validatePath(pathRequest(leaf.certificate, root.certificate, { untrusted: [ca.certificate] }));
    expect(verdict.checks.find(({ ok }) => ok === false)?.detail).toContain('too many names');
  });

  test('a chain longer than the limit is followed', () => {
    const chain: Made[] = [root];
    for (let index = 0; index < 14; index++) chain.push(makeCa(`ca ${index}`, { issuer: chain.at(-1) }));
    const leaf = makeLeaf('leaf', { issuer: chain.at(-1) });
    const untrusted = chain.slice(1).map(({ certificate }) => certificate);
    expect(validatePath(pathRequest(leaf.certificate, root.certificate, { untrusted })).subIndication).toBe(
      'NO_CERTIFICATE_CHAIN_FOUND',
    );
  });
});

/** Work that a hostile signature can ask for, counted and not timed: npm run bench -- --only trust times the same graphs. */
describe('what one validation may cost', () => {
  const spent = (graph: HostileGraph) => {
    const verdict = validatePath(graph.request);
    expect(verdict.subIndication).toBe('CERTIFICATE_CHAIN_GENERAL_FAILURE');
    expect(verdict.checks.at(-1)).toMatchObject({ id: 'path-search', ok: false });
    expect(pathCode(verdict, 'SIGNER_NOT_TRUSTED')).toBe('CERTIFICATE_LIMIT_EXCEEDED');
  };
  test.each(Object.entries(HOSTILE_GRAPHS))('%s: is followed to its end', (_name, build) => spent(build()));

  test('a check with P-521 counts as little as one with P-256', () => {
    const cost = (algorithm: 'p256' | 'p521' | 'ed25519') => signatureCost(generateKeyPair(algorithm).publicKey, 800);
    expect(cost('p521') / cost('p256')).toBeGreaterThan(10);
    expect(cost('ed25519')).toBeGreaterThan(cost('p256'));
  });

  test('a long list counts as little as a short one', () => {
    const { publicKey } = generateKeyPair('p256');
    expect(signatureCost(publicKey, 20 * 2 ** 20)).toBeGreaterThan(100);
  });

  test('a flood of lists hides the one that revokes, where unknown is accepted', () => {
    const leaf = makeLeaf('leaf', { issuer: root });
    const times = { thisUpdate: daysFrom(-2), nextUpdate: daysFrom(5), number: 1 };
    const revoking = issueCrl(
      { ...times, revoked: [{ serial: leaf.certificate.serial, revokedAt: daysFrom(-3) }] },
      root,
    );
    const forger = makeCa('root');
    const flood = Array.from({ length: 1100 }, (_, index) =>
      issueCrl({ ...times, thisUpdate: daysFrom(-1), number: index, revoked: [] }, forger),
    );
    const soft = { revocation: 'soft' as const };
    const verdict = validatePath(
      pathRequest(leaf.certificate, root.certificate, { ...soft, crls: [...flood, revoking] }),
    );
    expect(verdict.indication).not.toBe('TOTAL_PASSED');
    const alone = validatePath(pathRequest(leaf.certificate, root.certificate, { ...soft, crls: [revoking] }));
    expect(alone.subIndication).toBe('REVOKED_NO_POE');
  });
});

function crossCertificate(subject: Made, issuer: Made) {
  const { commonName } = subject.certificate;
  return makeCa(commonName ?? '', { issuer, keys: subject.keys }).certificate;
}
