import type { FormReader } from '../read-form.ts';

/** `犯罪嫌疑人张三涉嫌诈骗罪一案`: the form requires both. */
export function caseOf(form: FormReader, standing: string): string {
  return `${standing}${form.text('party.name')}涉嫌${form.text('charge')}一案`;
}
