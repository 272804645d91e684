import type { PaperDefinition, PaperSource } from '../paper-source.ts';
import { type FormReader, readForm } from '../read-form.ts';
import { word } from '../words.ts';

/** Whether a paper belongs to an act of one kind of legal-aid matter. */
export function isLegalAid(
  subtype: 'transfer' | 'assistance',
  act: PaperSource['act']['act'],
  when: (form: FormReader) => boolean = () => true,
): PaperDefinition['appliesTo'] {
  return (source) =>
    source.matter.type === 'legal-aid' &&
    source.matter.subtype === subtype &&
    source.act.act === act &&
    when(readForm(source.act.form));
}

/** `劳动争议（请求支付劳动报酬）`: the cause as the applicant says it, and the kind of matter that the Act names. */
export function matterOf(opening: FormReader): string {
  return `${opening.text('cause')}（${word('matterKind', opening.text('matterKind'))}）`;
}
