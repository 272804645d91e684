import type { FormReader } from '../read-form.ts';
import { word } from '../words.ts';

/** `张三（居民身份证 3401…）` or `某公司（统一社会信用代码 …，法定代表人 …）`. */
export function partyOf(party: FormReader): string {
  if (party.is('kind', 'entity')) {
    return `${party.text('name')}（统一社会信用代码${party.text('uscc')}，法定代表人（负责人）${party.text('representative')}）`;
  }
  return `${party.text('name')}（${word('identity', party.text('identity.kind'))}${party.text('identity.number')}）`;
}

export function applicantsOf(opening: FormReader): string {
  return opening
    .list('applicants')
    .map((one) => one.text('name'))
    .join('、');
}
