import { describe, expect, test } from 'vitest';
import { context, sequence } from '../../../../electron/pki/asn1/der-writer.ts';
import { dnsName, extension, subjectAltNameExtension } from '../../../../electron/pki/issue/write-extensions.ts';
import { generateKeyPair } from '../../../../electron/pki/keys.ts';
import { OID } from '../../../../electron/pki/oids.ts';
import { findPaths } from '../../../../electron/pki/path/find-paths.ts';
import { createBudget, createPool } from '../../../../electron/pki/path/path-search.ts';
import { validatePath } from '../../../../electron/pki/path/validate-path.ts';
import { AT, type Made, makeCa, makeLeaf, pathRequest } from '../../../fixtures/pki-material.ts';

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
    expect(budget.signatureChecks).toBe(0);
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

function crossCertificate(subject: Made, issuer: Made) {
  const { commonName } = subject.certificate;
  return makeCa(commonName ?? '', { issuer, keys: subject.keys }).certificate;
}
