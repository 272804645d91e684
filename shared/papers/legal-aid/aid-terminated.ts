import { articleOf, dayOf, numberOf, openingOf } from '../common/parts.ts';
import type { PaperDefinition } from '../paper-source.ts';
import { readForm } from '../read-form.ts';
import { chineseDate, fill, p, paragraph, paragraphs, signLine } from '../write-text.ts';
import { matterOf } from './parts.ts';

/** 终止法律援助决定书: 法律援助文书格式十八 (2023); grounds in 法律援助法 48, remedy in 49. */
export const aidTerminated: PaperDefinition = {
  id: 'aid-terminated',
  title: '终止法律援助决定书',
  build: (source) => {
    const opening = openingOf(source);
    const form = readForm(source.act.form);
    return {
      style: 'notice',
      origin: 'ministry',
      issuer: source.act.sender.name,
      title: ['终止法律援助决定书'],
      number: { label: '', value: numberOf(source, form) },
      addressee: p`${fill(opening.text('applicant.name'))}：`,
      blocks: [
        paragraph(p`本中心决定给予你的${matterOf(opening)}一案法律援助，现因下列原因：`),
        ...paragraphs(form.text('reason')),
        paragraph(
          `根据${articleOf(source, form) || '《中华人民共和国法律援助法》第四十八条'}的规定，决定终止法律援助。`,
        ),
        paragraph(
          p`如对本决定有异议，根据《中华人民共和国法律援助法》第四十九条的规定，可以向设立本中心的司法行政部门（${fill(opening.text('bureau.name'), 10)}）提出。`,
        ),
        paragraph('特此通知。'),
      ],
      attachments: [],
      signature: { lines: [[source.act.sender.name]], sealMark: '（公章）', date: chineseDate(dayOf(source, form)) },
      tail: [signLine('受援人（签收）')],
    };
  },
};
