import type { Translate } from '../../shared/i18n/create-i18n.ts';

/** What a restored vault waits for: a person who resumes it, and after that its counterparts. @param pendingEpoch null once it was resumed */
export function restoredLine(
  { pendingEpoch, frozen }: { readonly pendingEpoch: number | null; readonly frozen: number },
  t: Translate,
): string {
  return pendingEpoch === null ? t('cli.vault.status.resumed', { frozen }) : t('cli.vault.status.restored', { frozen });
}
