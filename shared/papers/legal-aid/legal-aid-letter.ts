import { dayOf, lawyerNamed, numberOf, openingOf } from '../common/parts.ts';
import type { PaperDefinition } from '../paper-source.ts';
import { readForm } from '../read-form.ts';
import { chineseDate, fill, p, paragraph } from '../write-text.ts';

/** 法律援助公函: 法律援助文书格式十三 (2023), from the centre to the authority that handles the case. */
export const legalAidLetter: PaperDefinition = {
  id: 'legal-aid-letter',
  title: '法律援助公函',
  build: (source) => {
    const opening = openingOf(source);
    const form = readForm(source.act.form);
    const criminal = opening.text('matterKind') === 'criminal-defence';
    return {
      style: 'notice',
      origin: 'ministry',
      issuer: source.act.sender.name,
      title: ['法律援助公函'],
      number: { label: '', value: numberOf(source, form) },
      addressee: p`${fill(opening.text('handlingAuthority.name'), 10)}：`,
      blocks: [
        paragraph(
          p`本中心对${fill(opening.text('applicant.name'))}（${criminal ? '犯罪嫌疑人/被告人' : '当事人'}）${fill(opening.text('cause'), 8)}一案，已指派${fill(form.text('lawyer.firm'), 10)}${lawyerNamed(form.text('lawyer.name'))}担任其${criminal ? '辩护人' : '代理人'}。`,
        ),
        paragraph('特此函告。'),
        paragraph(
          p`承办人联系方式：${fill(form.text('lawyer.name'))}，联系电话${fill(form.text('lawyer.phone'), 8)}，执业证号${fill(form.text('lawyer.licence'), 9)}。`,
        ),
      ],
      attachments: [],
      signature: { lines: [[source.act.sender.name]], sealMark: '（公章）', date: chineseDate(dayOf(source, form)) },
      tail: [],
    };
  },
};
