import { createI18n, type Language } from '../../../../shared/i18n/create-i18n.ts';
import type { M, Sha256 } from '../../../../shared/model/brand.ts';
import {
  REPORT_VERSION,
  type ReportCheck,
  type SignerReport,
  type VerificationReport,
} from '../../../../shared/model/verification-report.ts';
import { describeReport, type ReportWords } from '../../../../shared/report/describe-report.ts';
import { renderReport } from '../../../../shared/report/render-report.ts';
import type { ReportView } from '../../../../shared/report/report-view.ts';
import { formatExact } from '../../../../shared/text/format-exact.ts';

const digest = (letter: string) => letter.repeat(64) as Sha256;

/** A signer whose everything holds: change one thing. */
export function signer(change: Partial<SignerReport> = {}): SignerReport {
  return {
    subject: 'CN=安徽徽正律师事务所,O=安徽徽正律师事务所,C=CN',
    serial: '4a',
    certificate: digest('c'),
    validity: { notBefore: '2026-01-01T00:00:00.000Z', notAfter: '2027-01-01T00:00:00.000Z' },
    algorithm: 'sha256, ecdsaWithSHA256',
    signingTime: '2026-11-23T08:42:10.000Z',
    timestamp: '2026-11-23T08:42:12.000Z',
    timestampAuthority: 'CN=某省时间戳服务,C=CN',
    path: ['CN=安徽徽正律师事务所,O=安徽徽正律师事务所,C=CN', 'CN=政法签发 CA', 'CN=政法根 CA'],
    revocation: {
      status: 'good',
      source: `CRL ${digest('d')} of 2026-11-24T00:00:00.000Z`,
      asOf: '2026-11-24T00:00:00.000Z',
      revokedAt: null,
      reason: null,
    },
    indication: 'TOTAL_PASSED',
    subIndication: null,
    ...change,
  };
}

export const check = (id: string, ok: boolean | null = true, signature?: number, detail = ''): ReportCheck => ({
  id,
  ok,
  detail,
  ...(signature === undefined ? {} : { signature }),
});

export const ofSigner = (index: number): ReportCheck[] =>
  ['message-digest', 'signature-value', 'path-found', 'path-validity', 'revocation'].map((id) =>
    check(id, true, index),
  );

export function report(change: Partial<VerificationReport> = {}): VerificationReport {
  return {
    version: REPORT_VERSION,
    indication: 'TOTAL_PASSED',
    subIndication: null,
    code: null,
    validationTime: '2026-11-24T02:20:31.000Z',
    m: digest('a') as M,
    signers: [signer()],
    container: { profile: 'lexpost', size: 2_400_000, encryption: 'aes-256-gcm' },
    documents: [{ name: '委托书.pdf', mediaType: 'application/pdf', size: 15, sha256: digest('e') }],
    message: null,
    checks: [check('container-structure'), ...ofSigner(0), check('sender-bound', null)],
    ...change,
  };
}

export function words(language: Language, change: Partial<ReportWords> = {}): ReportWords {
  const { t } = createI18n(language);
  const time = (at: string): string => formatExact(at, language, 'Asia/Shanghai');
  return { t, language, time, zone: 'UTC+8', clock: 'local', ...change };
}

export const view = (of: VerificationReport, language: Language = 'zh-CN'): ReportView =>
  describeReport(of, words(language));

export function page(of: VerificationReport, language: Language = 'zh-CN', detailed = true, file = 'x.asice'): string {
  return renderReport(describeReport(of, words(language, { file })), { t: createI18n(language).t, detailed, file });
}
