import { describe, expect, test } from 'vitest';
import type { DirectoryResult } from '../../../../electron/usecases/directory/import-directory.ts';
import { createI18n, LANGUAGES } from '../../../../shared/i18n/create-i18n.ts';
import { ANCHOR_SCOPES } from '../../../../shared/model/anchor-scope.ts';
import { AUDIT_ACTIONS, AUDIT_DETAILS, type AuditDetailName } from '../../../../shared/model/audit-vocabulary.ts';
import { CHANNEL_CONFIGS } from '../../../../shared/model/channel-config.ts';
import { settings } from '../../../../shared/model/settings.ts';
import { ACTS, MESSAGE_KINDS, RECEIPT_KINDS } from '../../../../shared/model/vocabulary.ts';
import { auditActionText, auditDetailName, auditDetailValue } from '../../../../shared/text/audit-text.ts';

const exact = (at: string): string => `<${at}>`;
const HAN = /[\u4e00-\u9fff]/;

/** Names that a writer takes from elsewhere, where the compiler cannot follow them. */
const OUTCOMES: Record<DirectoryResult['outcome'], AuditDetailName> = {
  applied: 'applied',
  unchanged: 'unchanged',
  pending: 'pending',
  refused: 'refused',
};

describe.each(LANGUAGES)('words of the audit log in %s', (language) => {
  const { t } = createI18n(language);
  const isWord = (text: string, id: string) => (language === 'en' ? text !== id : HAN.test(text));

  test.each(AUDIT_ACTIONS)('the action %s has its own', (action) => {
    expect(isWord(auditActionText(t, action), action)).toBe(true);
  });

  test.each([...AUDIT_DETAILS, ...Object.values(OUTCOMES)])('the detail %s has a name', (name) => {
    expect(isWord(auditDetailName(t, name), name)).toBe(true);
  });

  test.each([
    ...[...MESSAGE_KINDS, ...RECEIPT_KINDS].map((kind) => ['kind', kind]),
    ...ACTS.map((act) => ['act', act]),
    ...ANCHOR_SCOPES.map((scope) => ['scopes', scope]),
    ...settings.shape.contentProtection.options.map((one) => ['contentProtection', one]),
    ...settings.shape.revocation.options.map((one) => ['revocation', one]),
    ...['passphrase', 'recovery-key', 'confirmed', 'issued', 'fingerprint', 'signed-by-known-key', 'directory'].map(
      (how) => ['how', how],
    ),
    ...['backup', 'older-than-head', 'head-missing'].map((reason) => ['reason', reason]),
  ] as [string, string][])('%s %s is said in words', (name, value) => {
    expect(isWord(auditDetailValue(t, name, value, exact), value)).toBe(true);
  });

  test('a kind of route is named as the settings name it', () => {
    for (const kind of Object.keys(CHANNEL_CONFIGS) as (keyof typeof CHANNEL_CONFIGS)[])
      expect(auditDetailValue(t, 'kind', kind, exact)).toBe(t(`window.route.kind.${kind}`));
  });

  test('what no version knows and what people wrote stays as it is', () => {
    expect(auditDetailName(t, 'later')).toBe('later');
    expect(auditDetailValue(t, 'reason', '误发', exact)).toBe('误发');
    expect(auditDetailValue(t, 'pattern', '沪律〔{{year}}〕', exact)).toBe('沪律〔{{year}}〕');
    expect(auditDetailValue(t, 'later', { a: 1 }, exact)).toBe('{"a":1}');
  });
});

test('a value is written by what it is', () => {
  const { t } = createI18n('zh-CN');
  const value = (name: string, one: Parameters<typeof auditDetailValue>[2]) => auditDetailValue(t, name, one, exact);
  expect(value('lockOnSuspend', true)).toBe('是');
  expect(value('bytes', 2_000_000)).toBe('2.0 MB');
  expect(value('missing', [])).toBe('无');
  expect(value('proxy', null)).toBe('无');
  expect(value('scopes', ['sign', 'tls'])).toBe('签名、线路加密');
  expect(value('genTime', '2026-11-24T01:02:03.000Z')).toBe('<2026-11-24T01:02:03.000Z>');
  expect(value('code', 'PACKAGE_TAMPERED')).toContain('[PACKAGE_TAMPERED]');
});
