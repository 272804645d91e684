import { createI18n, type Language } from '../../../shared/i18n/create-i18n.ts';
import { renderSheet } from '../../../shared/report/render-sheet.ts';
import { actorText, auditActionText } from '../../../shared/text/audit-text.ts';
import { formatExact, REPORT_ZONE } from '../../../shared/text/format-exact.ts';
import { findAuditHead } from '../../vault/repositories/audit.ts';
import type { OfficeContext } from '../context.ts';
import { getOwnVault } from '../office/own-vault.ts';
import type { Page } from '../recovery-sheet.ts';
import { type AuditWords, readAuditWords } from './audit-words.ts';
import { viewAudit } from './view-audit.ts';

/** More is for a spreadsheet, and for nobody's paper. */
const MOST = 1_000;
const FILTERS = ['actor', 'action', 'subject'] as const;

/** An extract of the log for paper, the newest first. @returns the page, and how many entries stand on it */
export function renderAuditSheet(
  context: OfficeContext,
  words: AuditWords,
  language: Language,
): { readonly page: Page; readonly rows: number } {
  const { t } = createI18n(language);
  const { read } = context.vault;
  const { office } = getOwnVault(read);
  const exact = (at: string): string => formatExact(at, language, REPORT_ZONE.name);
  const { items, next } = viewAudit(context, readAuditWords(read, words), MOST, null);
  const head = findAuditHead(read);
  const title = t('desk.sheet.audit');
  const conditions = FILTERS.flatMap((name) => {
    const value = words[name];
    return value === undefined || value === '' ? [] : [`${t(`desk.csv.${name}`)}: ${value}`];
  });
  const html = renderSheet(
    {
      title,
      beside: `${office.name} ${office.id}`,
      facts: [
        { label: t('desk.sheet.madeAt'), value: `${exact(context.now().toISOString())} ${REPORT_ZONE.label}` },
        { label: t('desk.sheet.conditions'), value: conditions.join(' · ') || t('desk.sheet.none') },
        { label: t('desk.sheet.entries'), value: t('desk.sheet.entriesOf', { count: items.length, head: head.seq }) },
        { label: t('desk.sheet.head'), value: head.hash },
      ],
      tables: [
        {
          title,
          head: (['seq', 'at', 'actor', 'action', 'subject', 'hash'] as const).map((name) => t(`desk.csv.${name}`)),
          rows: items.map(({ seq, at, actor, action, subject, hash }) => [
            [String(seq)],
            [exact(at)],
            [actorText(t, actor)],
            [auditActionText(t, action)],
            subject === null ? [] : [subject],
            [hash],
          ]),
        },
      ],
      limits: [
        ...(next === null ? [] : [t('desk.sheet.cut', { count: MOST })]),
        t('desk.sheet.auditLimits'),
        t('desk.sheet.zone', { zone: REPORT_ZONE.label }),
      ],
    },
    { t, language },
  );
  return { page: { title, html }, rows: items.length };
}
