import { describe, expect, test } from 'vitest';
import { context, contextPrimitive, sequence } from '../../../../electron/pki/asn1/der-writer.ts';
import { encodeName } from '../../../../electron/pki/issue/subject-name.ts';
import {
  dnsName,
  emailName,
  extension,
  subjectAltNameExtension,
  uriName,
} from '../../../../electron/pki/issue/write-extensions.ts';
import { OID } from '../../../../electron/pki/oids.ts';
import { validatePath } from '../../../../electron/pki/path/validate-path.ts';
import { makeCa, makeLeaf, pathRequest, type Recipe } from '../../../fixtures/pki-material.ts';

const root = makeCa('root');
const ip = (...octets: number[]): Buffer => contextPrimitive(7, Buffer.from(octets));
const directory = (name: Buffer): Buffer => context(4, name);
const otherName = context(0, contextPrimitive(0, Buffer.from([1])));

function constraints(permitted: readonly Buffer[], excluded: readonly Buffer[] = []): Buffer {
  const subtrees = (tag: number, bases: readonly Buffer[]) =>
    bases.length === 0 ? [] : [context(tag, ...bases.map((base) => sequence(base)))];
  return extension(OID.nameConstraints, true, sequence(...subtrees(0, permitted), ...subtrees(1, excluded)));
}

function passes(extensions: readonly Buffer[], recipe: Recipe): boolean {
  const ca = makeCa('sub', { issuer: root, extensions });
  const { certificate } = makeLeaf('leaf', { ...recipe, issuer: ca });
  const verdict = validatePath(pathRequest(certificate, root.certificate, { untrusted: [ca.certificate] }));
  const failed = verdict.checks.find(({ ok }) => ok === false)?.id;
  if (failed !== undefined) expect(['path-name-constraints', 'path-profile']).toContain(failed);
  return verdict.indication === 'TOTAL_PASSED';
}

const named = (...names: Buffer[]): Recipe => ({ extensions: [subjectAltNameExtension(names)] });

describe('names below a constrained CA', () => {
  test.each<[string, Buffer, Buffer, boolean, boolean]>([
    ['dns itself', dnsName('example.com'), dnsName('Example.COM'), true, true],
    ['dns below', dnsName('example.com'), dnsName('a.b.example.com'), true, true],
    ['dns of a longer label', dnsName('example.com'), dnsName('badexample.com'), false, false],
    ['dns above', dnsName('a.example.com'), dnsName('example.com'), false, false],
    ['wildcard below', dnsName('example.com'), dnsName('*.example.com'), true, true],
    ['wildcard that may be the host', dnsName('a.example.com'), dnsName('*.example.com'), false, true],
    ['wildcard elsewhere', dnsName('example.com'), dnsName('*.example.org'), false, false],
    ['malformed dns', dnsName('example.com'), dnsName('.example.org'), false, true],
    ['any dns', dnsName(''), dnsName('example.org'), true, true],
    ['mailbox', emailName('A@example.com'), emailName('A@EXAMPLE.com'), true, true],
    ['mailbox of another case', emailName('A@example.com'), emailName('a@example.com'), false, false],
    ['mailboxes of a host', emailName('example.com'), emailName('a@example.com'), true, true],
    ['mailboxes of a host below', emailName('example.com'), emailName('a@x.example.com'), false, false],
    ['mailboxes of a domain', emailName('.example.com'), emailName('a@x.example.com'), true, true],
    ['mailboxes of the domain itself', emailName('.example.com'), emailName('a@example.com'), false, false],
    ['malformed mailbox', emailName('example.com'), emailName('a@b@example.org'), false, true],
    ['uri of a host', uriName('example.com'), uriName('https://example.com:8443/x'), true, true],
    ['uri with user information', uriName('example.com'), uriName('https://example.com@evil.org/'), false, false],
    ['uri of a domain', uriName('.example.com'), uriName('https://a.example.com'), true, true],
    ['uri of an address', uriName('.example.com'), uriName('https://192.0.2.1/'), false, true],
    ['uri without a host', uriName('example.com'), uriName('urn:x:example.com'), false, true],
    ['address in a network', ip(192, 0, 2, 0, 255, 255, 255, 0), ip(192, 0, 2, 9), true, true],
    ['address elsewhere', ip(192, 0, 2, 0, 255, 255, 255, 0), ip(192, 0, 3, 9), false, false],
    ['address of the other family', ip(192, 0, 2, 0, 255, 255, 255, 0), ip(...Array(16).fill(1)), false, false],
    ['malformed address', ip(192, 0, 2, 0, 255, 255, 255, 0), ip(1, 2, 3, 4, 5, 6, 7, 8), false, true],
    ['unknown form', otherName, otherName, false, true],
    ['another form', dnsName('example.com'), emailName('a@example.org'), true, false],
  ])('%s is judged wrongly', (_, base, name, permitted, excluded) => {
    expect(passes([constraints([base])], named(name))).toBe(permitted);
    expect(passes([constraints([], [base])], named(name))).toBe(!excluded);
  });

  test.each<[string, Buffer]>([
    ['dns with a wildcard', dnsName('*.example.com')],
    ['dns with a leading dot', dnsName('.example.com')],
    ['mailbox with two signs', emailName('a@b@example.com')],
    ['address without a mask', ip(192, 0, 2, 0)],
    ['address with a broken mask', ip(192, 0, 2, 0, 255, 0, 255, 0)],
  ])('a base that no name can have is obeyed: %s', (_, base) => {
    expect(passes([constraints([base])], {})).toBe(false);
  });

  test('a permitted name makes up for an excluded one', () => {
    const both = constraints([dnsName('example.com')], [dnsName('secret.example.com')]);
    expect(passes([both], named(dnsName('www.example.com')))).toBe(true);
    expect(passes([both], named(dnsName('www.example.com'), dnsName('a.secret.example.com')))).toBe(false);
  });
});

describe('names of the subject', () => {
  const firm = encodeName({ countryName: 'CN', organizationName: '甲所' });

  test.each([
    ['below', { countryName: 'CN', organizationName: '甲所', commonName: '张' }, true],
    ['elsewhere', { countryName: 'CN', organizationName: '乙所', commonName: '张' }, false],
    ['shorter', { countryName: 'CN' }, false],
  ])('a subject %s a permitted one is judged wrongly', (_, subject, permitted) => {
    expect(passes([constraints([directory(firm)])], { subject })).toBe(permitted);
    expect(passes([constraints([], [directory(firm)])], { subject })).toBe(!permitted);
  });

  test('an e-mail address of the subject escapes because there is another alternative name', () => {
    const recipe = { ...named(dnsName('a.example')), subject: { commonName: 'x', emailAddress: 'a@example.org' } };
    expect(passes([constraints([emailName('example.com')])], recipe)).toBe(false);
    expect(passes([constraints([emailName('example.org')])], recipe)).toBe(true);
  });
});

test('constraints of the anchor, or of a CA further up, do not reach the leaf', () => {
  const anchor = makeCa('anchor', { extensions: [constraints([dnsName('example.com')])] });
  const first = makeCa('first', { issuer: anchor });
  const second = makeCa('second', { issuer: first, extensions: [constraints([dnsName('a.example.com')])] });
  const verdict = (host: string) =>
    validatePath(
      pathRequest(makeLeaf('leaf', { ...named(dnsName(host)), issuer: second }).certificate, anchor.certificate, {
        untrusted: [first.certificate, second.certificate],
      }),
    ).indication;
  expect(verdict('a.example.com')).toBe('TOTAL_PASSED');
  expect(verdict('b.example.com')).toBe('INDETERMINATE');
  expect(verdict('example.org')).toBe('INDETERMINATE');
});

test('a leaf that is no CA carries constraints', () => {
  expect(passes([], { extensions: [constraints([dnsName('example.com')])] })).toBe(false);
});

test('a signer that bears the name of its own issuer escapes like a CA that renews its key (RFC 5280, 6.1.3 (b))', () => {
  const subject = { countryName: 'CN', commonName: '自称' };
  const elsewhere = directory(encodeName({ countryName: 'DE' }));
  const ca = makeCa('自称', { issuer: root, subject, extensions: [constraints([elsewhere])] });
  const { certificate } = makeLeaf('自称', { issuer: ca, subject });
  const { checks } = validatePath(pathRequest(certificate, root.certificate, { untrusted: [ca.certificate] }));
  expect(checks.find(({ ok }) => ok === false)?.id).toBe('path-name-constraints');
});
