import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { createI18n } from '../../../../shared/i18n/create-i18n.ts';
import { seenText } from '../../../../shared/report/seen-text.ts';

const zh = createI18n('zh-CN').t;
const en = createI18n('en').t;
const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const HAN = /[\u4e00-\u9fff]/;
const NOTED = [
  /\b(?:pass|fail|notChecked|leaveOpen)\(\s*\w+,\s*'[\w-]+',\s*(?:'([^']+)'|`([^`]+)`)/g,
  /\b(?:finding|note)\(\s*'?[\w-]+'?,(?:\s*'[\w-]+',)?\s*(?:true|false|null),\s*(?:'([^']+)'|`([^`]+)`)/g,
  /\) =>\s*(?:'([^']+)'|`([^`]+ [^`]+)`),?\n/g,
  /detail: (?:'([^']+)'|`([^`]+)`)/g,
];

/** Every note that verifiers of signatures write out, with 7 for what they put into it. */
function notes(): string[] {
  const folders = ['electron/packages/verify', 'electron/packages/timestamp', 'electron/packages/cms'];
  const files = folders.flatMap((folder) => readdirSync(join(ROOT, folder)).map((name) => join(ROOT, folder, name)));
  files.push(join(ROOT, 'electron/packages/verify-container.ts'));
  return files.flatMap((file) => {
    const source = readFileSync(file, 'utf8');
    return NOTED.flatMap((pattern) =>
      [...source.matchAll(pattern)].map(([, plain, made]) => plain ?? (made ?? '').replaceAll(/\$\{[^{}]*\}/g, '7')),
    ).filter((note) => / [a-z]{2}/.test(note) && !note.includes('${'));
  });
}

describe('what a check saw', () => {
  test('is found in the sources at all', () => {
    expect(notes().length).toBeGreaterThan(20);
  });

  test.each([...new Set(notes())])('"%s" is said in Chinese', (note) => {
    expect(seenText(note, zh)).toMatch(HAN);
  });

  test.each([
    ['CN=A,C=CN: good by CRL CN=B', 'CN=A,C=CN：未吊销，来源 CRL CN=B', 'CN=A,C=CN: good, by CRL CN=B'],
    [
      'CN=A: revoked 2026-11-01T00:00:00.000Z (keyCompromise) by OCSP',
      'CN=A：2026-11-01T00:00:00.000Z 吊销（私钥泄露），来源 OCSP',
      'CN=A: revoked 2026-11-01T00:00:00.000Z (key compromised), by OCSP',
    ],
    [
      'act 01890a5d-ac96-774b-bcce-b302099a8057',
      '文书 01890a5d-ac96-774b-bcce-b302099a8057',
      'Act 01890a5d-ac96-774b-bcce-b302099a8057',
    ],
    [
      'does not count: expired at 2026-01-01T00:00:00Z: CN=T',
      '不计入：2026-01-01T00:00:00Z 已到期：CN=T',
      'does not count: expired at 2026-01-01T00:00:00Z: CN=T',
    ],
    ['CN=A < CN=B', 'CN=A < CN=B', 'CN=A < CN=B'],
    ['', '', ''],
  ])('"%s" in both languages', (note, chinese, english) => {
    expect(seenText(note, zh)).toBe(chinese);
    expect(seenText(note, en)).toBe(english);
  });

  test('a code is said in words and kept', () => {
    expect(seenText('TRY_LATER', zh)).toMatch(/[\u4e00-\u9fff].* \[TRY_LATER\]$/s);
    expect(seenText('MANIFEST_MISMATCH: digest differs', zh)).toMatch(
      /[\u4e00-\u9fff].* \[MANIFEST_MISMATCH: digest differs\]$/s,
    );
    expect(seenText('SHA256 of it', zh)).toBe('SHA256 of it');
  });
});
