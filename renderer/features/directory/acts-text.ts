import type { Translate } from '../../../shared/i18n/create-i18n.ts';
import { ACTS } from '../../../shared/model/vocabulary.ts';

/** What a person may sign, in words. */
export function actsText(t: Translate, acts: readonly string[]): string {
  if (acts.includes('*')) return t('window.acts.all');
  return acts
    .map((name) => {
      const act = ACTS.find((each) => each === name);
      return act === undefined ? t('window.acts.card') : t(`window.act.${act}`);
    })
    .join(t('window.list.comma'));
}
