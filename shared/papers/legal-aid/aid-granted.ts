import { dayOf, numberOf, openingOf } from '../common/parts.ts';
import type { PaperDefinition } from '../paper-source.ts';
import { readForm } from '../read-form.ts';
import { word } from '../words.ts';
import { chineseDate, fill, p, paragraph, signLine } from '../write-text.ts';

/** 给予法律援助决定书: 法律援助文书格式九 (2023). */
export const aidGranted: PaperDefinition = {
  id: 'aid-granted',
  title: '给予法律援助决定书',
  build: (source) => {
    const opening = openingOf(source);
    const form = readForm(source.act.form);
    return {
      style: 'notice',
      origin: 'ministry',
      issuer: source.act.sender.name,
      title: ['给予法律援助决定书'],
      number: { label: '', value: numberOf(source, form) },
      addressee: p`${fill(opening.text('applicant.name'))}：`,
      blocks: [
        paragraph(
          p`你于${chineseDate(opening.text('receivedOn'))}向本中心提出的${fill(opening.text('cause'), 8)}一案法律援助申请，经审查，符合法律援助条件，现决定给予法律援助，提供法律援助的方式为${word('manner', form.text('manner'))}。`,
        ),
        ...(form.has('note') ? [paragraph(form.text('note'))] : []),
        paragraph(p`承办机构（人员）及联系方式：${{ blank: 11 }}`),
        paragraph('特此通知。'),
      ],
      attachments: [],
      signature: { lines: [[source.act.sender.name]], sealMark: '（公章）', date: chineseDate(dayOf(source, form)) },
      tail: [signLine('受援人（签收）')],
    };
  },
};
