import type { FormReader } from '../read-form.ts';
import { word } from '../words.ts';

/** `劳动争议（请求支付劳动报酬）`: the cause as the applicant says it, and the kind of matter that the Act names. */
export function matterOf(opening: FormReader): string {
  return `${opening.text('cause')}（${word('matterKind', opening.text('matterKind'))}）`;
}
