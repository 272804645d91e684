import type { Text } from '../paper.ts';
import type { FormReader } from '../read-form.ts';
import { word } from '../words.ts';
import { fill, p } from '../write-text.ts';

/** Who is accused of something; a victim is not, and no paper may say so. */
const isAccused = (form: FormReader): boolean =>
  !form.is('party.standing', 'victim') && !form.is('party.standing', 'other');

/** `犯罪嫌疑人张三`. */
export function partyOf(form: FormReader): Text {
  return p`${word('standing', form.text('party.standing'))}${fill(form.text('party.name'))}`;
}

/** `犯罪嫌疑人张三涉嫌诈骗罪一案`, `诈骗罪一案`. */
export function caseOf(form: FormReader): Text {
  const charge = fill(form.text('charge'));
  return isAccused(form) ? p`${partyOf(form)}涉嫌${charge}一案` : p`${charge}一案`;
}

/** `犯罪嫌疑人张三涉嫌诈骗罪一案的辩护人`, `诈骗罪一案被害人李四的诉讼代理人`. @param about stands behind the case, e.g. its number */
export function roleIn(form: FormReader, about: Text = []): Text {
  const role = word('role', form.text('role'));
  return isAccused(form) ? p`${caseOf(form)}${about}的${role}` : p`${caseOf(form)}${about}${partyOf(form)}的${role}`;
}
