import { contactLine, listEnclosed, numberOf, openingOf } from '../common/parts.ts';
import type { PaperDefinition } from '../paper-source.ts';
import { word } from '../words.ts';
import { chineseDate, fill, heading, numbered, p, paragraph, paragraphs, shanghaiDay } from '../write-text.ts';

/** 法律援助协作函: elements of 法律援助文书格式七 (2023), in the letter format of GB/T 9704. */
export const cooperationLetter: PaperDefinition = {
  id: 'cooperation-letter',
  title: '法律援助协作函',
  build: (source) => {
    const form = openingOf(source);
    return {
      style: 'letter',
      origin: 'ministry',
      issuer: source.act.sender.name,
      title: [`关于请求协助办理${form.text('recipientOfAid')}一案的法律援助协作函`],
      number: { label: '', value: numberOf(source, form) },
      addressee: [`${source.matter.lead.name}：`],
      blocks: [
        heading('一、案件概况'),
        paragraph(p`受援人：${fill(form.text('recipientOfAid'))}。`),
        ...paragraphs(form.text('caseOutline')),
        heading('二、请求协作事项和要求'),
        ...numbered(
          form.list('items').map((item) => [`${word('assistance', item.text('kind'))}：${item.text('requirement')}`]),
        ),
        heading('三、办理时限'),
        paragraph(p`请于${chineseDate(form.text('by'))}前办理并函复；不能协助或者需要改期的，请书面说明理由。`),
        ...(form.has('note') ? paragraphs(form.text('note')) : []),
        contactLine(form, 'contact'),
      ],
      attachments: listEnclosed(source.act, 'cooperation-letter'),
      signature: { lines: [[source.act.sender.name]], date: chineseDate(shanghaiDay(source.act.createdAt)) },
      tail: [],
    };
  },
};
