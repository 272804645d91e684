import { dayOf, lawyerNamed, numberOf, openingOf } from '../common/parts.ts';
import type { PaperDefinition } from '../paper-source.ts';
import { readForm } from '../read-form.ts';
import { chineseDate, fill, p, paragraph } from '../write-text.ts';
import { matterOf } from './parts.ts';

/** 指派通知书: 法律援助文书格式十一 (2023), from the centre to the firm that will act. */
export const aidAssignment: PaperDefinition = {
  id: 'aid-assignment',
  title: '指派通知书',
  build: (source) => {
    const opening = openingOf(source);
    const form = readForm(source.act.form);
    return {
      style: 'notice',
      origin: 'ministry',
      issuer: source.act.sender.name,
      title: ['指派通知书'],
      number: { label: '', value: numberOf(source, form) },
      addressee: p`${fill(form.text('lawyer.firm'), 10)}：`,
      blocks: [
        paragraph(
          p`本中心决定对${fill(opening.text('applicant.name'))}的${matterOf(opening)}一案给予法律援助。根据《中华人民共和国法律援助法》的有关规定，现指派你单位${lawyerNamed(form.text('lawyer.name'))}（执业证号${fill(form.text('lawyer.licence'), 9)}）承办。请及时与受援人联系，依法提供法律援助服务。`,
        ),
        ...(form.has('note') ? [paragraph(form.text('note'))] : []),
        paragraph(p`受援人联系电话：${fill(opening.text('applicant.phone'), 8)}。`),
        paragraph('特此通知。'),
      ],
      attachments: [],
      signature: { lines: [[source.act.sender.name]], sealMark: '（公章）', date: chineseDate(dayOf(source, form)) },
      tail: [],
    };
  },
};
