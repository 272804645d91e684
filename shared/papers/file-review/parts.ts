import type { PaperAct, PaperSource } from '../paper-source.ts';
import { type FormReader, readForm } from '../read-form.ts';

/** The form that opened the matter: later papers take the case from it. */
export function openingOf({ acts, act }: Pick<PaperSource, 'acts' | 'act'>): FormReader {
  return readForm((acts.find((one) => one.act === 'submit') ?? act).form);
}

/** The names of the files that go with an act, as its 附件. */
export function listEnclosed({ documents }: Pick<PaperAct, 'documents'>): string[] {
  return documents.map(({ name }) => name.replace(/\.[A-Za-z0-9]{1,5}$/, ''));
}

/** `犯罪嫌疑人张三涉嫌诈骗罪一案`; blanks stay words here, the form requires both. */
export function caseOf(form: FormReader, standing: string): string {
  return `${standing}${form.text('party.name')}涉嫌${form.text('charge')}一案`;
}
