import { dayOf, numberOf, openingOf } from '../common/parts.ts';
import type { PaperDefinition } from '../paper-source.ts';
import { readForm } from '../read-form.ts';
import { chineseDate, fill, p, paragraph, paragraphs, signLine } from '../write-text.ts';

/** 异议审查决定书: 法律援助文书格式二十 (2023); 法律援助法 49. */
export const objectionDecision: PaperDefinition = {
  id: 'objection-decision',
  title: '异议审查决定书',
  build: (source) => {
    const opening = openingOf(source);
    const form = readForm(source.act.form);
    const objection = readForm(source.acts.find(({ form: one }) => one['request'] === 'objection')?.form);
    const upheld = form.is('outcome', 'objection-upheld');
    return {
      style: 'notice',
      origin: 'ministry',
      issuer: source.act.sender.name,
      title: ['异议审查决定书'],
      number: { label: '', value: numberOf(source, form) },
      addressee: p`${fill(opening.text('applicant.name'))}：`,
      blocks: [
        paragraph(
          p`你于${chineseDate(objection.text('on'))}对${source.matter.lead.name}就${fill(opening.text('cause'), 8)}一案作出的决定提出异议。经审查：`,
        ),
        ...paragraphs(form.text('reason')),
        paragraph(
          `根据《中华人民共和国法律援助法》第四十九条的规定，${upheld ? '异议成立，责令法律援助机构改正' : '异议不成立，维持法律援助机构的决定'}。`,
        ),
        ...(upheld ? [] : [paragraph('如对维持决定不服，可以依法申请行政复议或者提起行政诉讼。')]),
        paragraph('特此通知。'),
      ],
      attachments: [],
      signature: { lines: [[source.act.sender.name]], sealMark: '（公章）', date: chineseDate(dayOf(source, form)) },
      tail: [signLine('申请人（签收）')],
    };
  },
};
