import { describe, expect, test } from 'vitest';
import { buildManifest, parseManifest } from '../../../electron/packages/asic/manifest.ts';
import { LIMITS } from '../../../shared/limits.ts';

const digest = Buffer.alloc(32, 1);
const good = buildManifest([
  { name: 'documents/1-委托书 (1).pdf', sha256: digest },
  { name: 'documents/2-100%25.txt', sha256: digest },
  { name: 'message.json', sha256: digest },
]).toString();
const parse = (text: string) => () => parseManifest(Buffer.from(text));

describe('ASiC manifest', () => {
  test('names come back as they were: encoded once, decoded once', () => {
    expect(parseManifest(Buffer.from(good)).references.map(({ name }) => name)).toEqual([
      'documents/1-委托书 (1).pdf',
      'documents/2-100%25.txt',
      'message.json',
    ]);
    expect(parseManifest(Buffer.from(good)).signature).toBe('META-INF/signature001.p7s');
  });
  test('its length does not depend on the digests', () => {
    const other = buildManifest([{ name: 'x', sha256: Buffer.alloc(32, 255) }]);
    expect(other.length).toBe(buildManifest([{ name: 'x', sha256: digest }]).length);
  });
  test.each([
    ['a DTD', good.replace('?>', '?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>')],
    ['an unknown entity', good.replace('message.json', '&e;')],
    ['two SigReferences', good.replace(/(<asic:SigReference[^>]*>)/, '$1$1')],
    ['no SigReference', good.replace(/<asic:SigReference[^>]*>/, '')],
    ['two digests for one entry', good.replace('message.json', 'documents/2-100%2525.txt')],
    ['SHA-1', good.replace('http://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2000/09/xmldsig#sha1')],
    ['a short digest', good.replace(digest.toString('base64'), 'AAAA')],
    [
      'a digest that is not canonical base64',
      good.replace(digest.toString('base64'), `${digest.toString('base64').slice(0, 42)}F=`),
    ],
    ['an absolute URI', good.replace('message.json', 'https://example.org/message.json')],
    ['a fragment', good.replace('message.json', 'message.json#x')],
    ['a broken escape', good.replace('message.json', 'message%.json')],
    ['another namespace', good.replace('http://uri.etsi.org/02918/v1.2.1#', 'http://uri.etsi.org/02918/v9#')],
    ['an unknown element', good.replace('<asic:DataObjectReference', '<asic:Other/><asic:DataObjectReference')],
    [
      'two digest values',
      good.replace('</asic:DataObjectReference>', '<ds:DigestValue>AA==</ds:DigestValue></asic:DataObjectReference>'),
    ],
    ['text that is not XML', 'hello'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(parse(text)).toThrow('MANIFEST_MALFORMED');
  });
  test('the fullest one is read; one of countless small parts is not, whatever they are', () => {
    const full = Array.from({ length: LIMITS.entries }, (_, index) => ({ name: `documents/${index}`, sha256: digest }));
    expect(parseManifest(buildManifest(full)).references).toHaveLength(LIMITS.entries);
    const within = (text: string) => good.toString().replace('</asic:ASiCManifest>', `${text}</asic:ASiCManifest>`);
    const attributes = (name: string) => Array.from({ length: 100 }, (_, index) => `${name}${index}="u"`).join(' ');
    for (const text of [
      within(`<asic:ASiCManifestExtensions>${'<a/>'.repeat(100_000)}</asic:ASiCManifestExtensions>`),
      within(`<asic:ASiCManifestExtensions>${'<a b="" c="" d="" e=""/>'.repeat(20_000)}</asic:ASiCManifestExtensions>`),
      within(`<asic:ASiCManifestExtensions ${attributes('a')}/>`),
      within(`<asic:ASiCManifestExtensions ${attributes('xmlns:a')}/>`),
    ]) {
      expect(parse(text)).toThrow(expect.objectContaining({ params: { reason: expect.stringContaining('too many') } }));
    }
  });
  test('refuses what is not UTF-8', () => {
    expect(() => parseManifest(Buffer.concat([Buffer.from(good), Buffer.from([0xff])]))).toThrow('MANIFEST_MALFORMED');
  });
});
