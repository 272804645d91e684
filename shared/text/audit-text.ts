import type { Translate } from '../i18n/create-i18n.ts';

/** What was done, in words; an action of a later version by its own name. */
export function auditActionText(t: Translate, action: string): string {
  return t(`window.audit.action.${action}` as 'window.audit.action.vault-created', { defaultValue: action });
}

export function actorText(t: Translate, actor: string): string {
  return actor === 'vault' ? t('window.audit.vault') : actor;
}
