import { articleOf, dayOf, numberOf, openingOf } from '../common/parts.ts';
import type { PaperDefinition } from '../paper-source.ts';
import { readForm } from '../read-form.ts';
import { chineseDate, fill, p, paragraph, paragraphs, signLine } from '../write-text.ts';

/** 不予法律援助决定书: 法律援助文书格式十 (2023); the remedy is 法律援助法 49. */
export const aidRefused: PaperDefinition = {
  id: 'aid-refused',
  title: '不予法律援助决定书',
  build: (source) => {
    const opening = openingOf(source);
    const form = readForm(source.act.form);
    const how = form.text('redirection.how');
    return {
      style: 'notice',
      origin: 'ministry',
      issuer: source.act.sender.name,
      title: ['不予法律援助决定书'],
      number: { label: '', value: numberOf(source, form) },
      addressee: p`${fill(opening.text('applicant.name'))}：`,
      blocks: [
        paragraph(
          p`你于${chineseDate(opening.text('receivedOn'))}向本中心提出的${fill(opening.text('cause'), 8)}一案法律援助申请，经审查，不符合法律援助条件，理由如下：`,
        ),
        ...paragraphs(form.text('reason')),
        paragraph(p`根据${fill(articleOf(source, form), 14)}的规定，现决定不予法律援助。`),
        ...(form.has('redirection.office')
          ? [
              paragraph(
                `你可以向${form.text('redirection.office')}寻求帮助${how === '' ? '' : `：${how.replace(/[。]$/, '')}`}。`,
              ),
            ]
          : []),
        paragraph(
          p`如对本决定有异议，根据《中华人民共和国法律援助法》第四十九条的规定，可以向设立本中心的司法行政部门（${fill(form.text('objectionTo'), 10)}）提出。`,
        ),
        paragraph('特此通知。'),
      ],
      attachments: [],
      signature: { lines: [[source.act.sender.name]], sealMark: '（公章）', date: chineseDate(dayOf(source, form)) },
      tail: [signLine('申请人（签收）')],
    };
  },
};
