import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { documentPath, isDocumentName, toDocumentName } from '../../../../shared/model/names.ts';

describe('document names', () => {
  test.each(['起诉意见书.pdf', 'a b.txt', '卷宗（第一册）.pdf', 'résumé.doc'])('keeps %s', (name) => {
    expect(isDocumentName(name)).toBe(true);
    expect(toDocumentName(name)).toBe(name);
  });
  test.each([
    '../../etc/passwd',
    'a/b',
    'a\\b',
    'C:x',
    'a\u0000b',
    'invoice\u202efdp.exe',
    '.hidden',
    'tail.',
    'tail ',
    '',
    're\u0301sume\u0301.doc',
    'x'.repeat(201),
    '\ud800',
  ])('does not take %j as it is', (name) => {
    expect(isDocumentName(name)).toBe(false);
    expect(isDocumentName(toDocumentName(name))).toBe(true);
  });
  test('whatever a name holds, what comes out is a name and its path stays in one folder', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), fc.nat(9999), (name, index) => {
        const safe = toDocumentName(name);
        expect(isDocumentName(safe)).toBe(true);
        const path = documentPath(index, safe);
        expect(path.split('/')).toHaveLength(2);
        expect(path.startsWith(`documents/${index + 1}-`)).toBe(true);
        expect(Buffer.byteLength(path)).toBeLessThan(150);
      }),
    );
  });
  test('a long name loses its middle and not its suffix', () => {
    const path = documentPath(0, `${'卷'.repeat(60)}.pdf`);
    expect(path.endsWith('.pdf')).toBe(true);
  });
});
