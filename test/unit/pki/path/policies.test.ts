import { describe, expect, test } from 'vitest';
import { contextPrimitive, integer, objectIdentifier, sequence } from '../../../../electron/pki/asn1/der-writer.ts';
import { extension } from '../../../../electron/pki/issue/write-extensions.ts';
import { OID } from '../../../../electron/pki/oids.ts';
import { ANY_POLICY, type PolicyInputs } from '../../../../electron/pki/path/path-types.ts';
import { validatePath } from '../../../../electron/pki/path/validate-path.ts';
import { type Made, makeCa, makeLeaf, pathRequest, policiesExtension } from '../../../fixtures/pki-material.ts';

const P1 = '1.2.3.1';
const P2 = '1.2.3.2';
const root = makeCa('root');

function passes(chain: readonly (readonly Buffer[])[], inputs: Partial<PolicyInputs>): boolean {
  let issuer: Made = root;
  const untrusted = chain.slice(0, -1).map((extensions, index) => {
    issuer = makeCa(`ca ${index}`, { issuer, extensions });
    return issuer.certificate;
  });
  const { certificate } = makeLeaf('leaf', { issuer, extensions: chain.at(-1) ?? [] });
  const policies = { ...ANY_POLICY, ...inputs };
  return (
    validatePath(pathRequest(certificate, root.certificate, { untrusted, policies })).indication === 'TOTAL_PASSED'
  );
}

const mapping = (from: string, to: string): Buffer =>
  extension(OID.policyMappings, true, sequence(sequence(objectIdentifier(from), objectIdentifier(to))));
const requireExplicit = (skip: number): Buffer =>
  extension(OID.policyConstraints, true, sequence(contextPrimitive(0, Buffer.from([skip]))));
const inhibitAny = (skip: number): Buffer => extension(OID.inhibitAnyPolicy, true, integer(skip));

describe('acceptable policies', () => {
  const same = [[policiesExtension(P1)], [policiesExtension(P1)]];

  test.each([
    ['nobody asks', {}, true],
    ['the right one', { acceptable: [P1], requireExplicit: true }, true],
    ['another one', { acceptable: [P2], requireExplicit: true }, false],
    ['another one, not required', { acceptable: [P2] }, true],
  ])('%s: the path is judged wrongly', (_, inputs, expected) => {
    expect(passes(same, inputs)).toBe(expected);
  });

  test('a path without policies passes where one is required', () => {
    expect(passes([[], []], { requireExplicit: true })).toBe(false);
    expect(passes([[policiesExtension(P1)], [policiesExtension(P2)]], { requireExplicit: true })).toBe(false);
    expect(passes([[policiesExtension(P1), requireExplicit(0)], []], {})).toBe(false);
    // 6.1.5 (b): the last certificate may ask for itself
    expect(passes([[], [requireExplicit(0)]], {})).toBe(false);
    expect(passes([[], [requireExplicit(1)]], {})).toBe(true);
  });

  test('anyPolicy stands for nothing, or also where it is inhibited', () => {
    const any = [[policiesExtension(OID.anyPolicy)], [policiesExtension(P1)]];
    expect(passes(any, { acceptable: [P1], requireExplicit: true })).toBe(true);
    expect(passes(any, { acceptable: [P1], requireExplicit: true, inhibitAny: true })).toBe(false);
    const inhibited = [[policiesExtension(P1), inhibitAny(0)], [policiesExtension(OID.anyPolicy)]];
    expect(passes(inhibited, { requireExplicit: true })).toBe(false);
  });
});

test('a leaf that bears the name of its issuer escapes the inhibition of anyPolicy (6.1.3 (d) (2))', () => {
  const subject = { countryName: 'CN', commonName: '自称' };
  const ca = makeCa('自称', { issuer: root, subject, extensions: [policiesExtension(P1), inhibitAny(0)] });
  const { certificate } = makeLeaf('自称', { issuer: ca, subject, extensions: [policiesExtension(OID.anyPolicy)] });
  const policies = { ...ANY_POLICY, requireExplicit: true };
  const request = pathRequest(certificate, root.certificate, { untrusted: [ca.certificate], policies });
  expect(validatePath(request).checks.find(({ ok }) => ok === false)?.id).toBe('acceptable-policies');
});

describe('mappings', () => {
  const mapped = [[policiesExtension(P1), mapping(P1, P2)], [policiesExtension(P2)]];

  test('a mapped policy is not valid under the name of the issuer’s domain, or under the other', () => {
    expect(passes(mapped, { acceptable: [P1], requireExplicit: true })).toBe(true);
    expect(passes(mapped, { acceptable: [P2], requireExplicit: true })).toBe(false);
  });

  test('a mapping counts although it is inhibited', () => {
    expect(passes(mapped, { requireExplicit: true, inhibitMapping: true })).toBe(false);
  });

  test('anyPolicy can be mapped', () => {
    expect(passes([[policiesExtension(P1), mapping(OID.anyPolicy, P2)], [policiesExtension(P2)]], {})).toBe(false);
  });
});

test('policies that multiply along the path make validation hang (CVE-2023-0464)', () => {
  const many = Array.from({ length: 200 }, (_, index) => `1.2.3.${index + 10}`);
  const everyToEvery = extension(
    OID.policyMappings,
    true,
    sequence(
      ...many
        .slice(0, 25)
        .flatMap((from) => many.slice(0, 25).map((to) => sequence(objectIdentifier(from), objectIdentifier(to)))),
    ),
  );
  const level = [policiesExtension(...many), everyToEvery];
  const chain = [...Array.from({ length: 9 }, () => level), [policiesExtension(...many)]];
  expect(passes(chain, { requireExplicit: true, acceptable: [many[3] ?? ''] })).toBe(true);
});
