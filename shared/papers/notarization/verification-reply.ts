import { dayOf, listEnclosed, numberOf, openingOf } from '../common/parts.ts';
import type { Block } from '../paper.ts';
import type { PaperDefinition } from '../paper-source.ts';
import { type FormReader, readForm } from '../read-form.ts';
import { word } from '../words.ts';
import { cell, chineseDate, heads, p, paragraph, paragraphs } from '../write-text.ts';

/** 公证核实复函: an answer to each question with its source, or why it could not be done within the month (公证程序规则 33). */
export const verificationReply: PaperDefinition = {
  id: 'verification-reply',
  title: '公证核实复函',
  build: (source) => {
    const opening = openingOf(source);
    const form = readForm(source.act.form);
    const asked = opening.text('number');
    return {
      style: 'notice',
      origin: 'custom',
      issuer: source.act.sender.name,
      title: [`关于${opening.text('about')}核实事项的复函`],
      number: { label: '', value: numberOf(source, form) },
      addressee: [`${source.acts[0]?.sender.name ?? ''}：`],
      blocks: [
        paragraph(`贵处${asked}公证核实函收悉。现将核实情况函复如下：`),
        ...(source.act.act === 'deliver' ? answers(opening, form) : reasons(form)),
        paragraph('特此函复。'),
      ],
      attachments: listEnclosed(source.act, 'verification-reply'),
      signature: { lines: [[source.act.sender.name]], sealMark: '（盖章）', date: chineseDate(dayOf(source, form)) },
      tail: [],
    };
  },
};

function answers(opening: FormReader, form: FormReader): Block[] {
  const question = (number: string): string =>
    opening
      .list('questions')
      .find((one) => one.text('number') === number)
      ?.text('question') ?? '';
  return [
    {
      kind: 'table',
      columns: [3, 9, 4, 7, 5],
      head: heads('序号', '核实内容', '结论', '说明', '查证来源'),
      rows: form
        .list('answers')
        .map((one) => [
          cell(one.text('number'), { align: 'center' }),
          cell(question(one.text('number'))),
          cell(word('result', one.text('result')), { align: 'center' }),
          cell(one.text('explanation') || '—'),
          cell(one.text('source') || '—'),
        ]),
    },
    paragraph(p`核实人员：${form.texts('verifiers').join('、')}。核实日期：${chineseDate(form.text('on'))}。`),
    ...(form.has('note') ? paragraphs(form.text('note')) : []),
  ];
}

function reasons(form: FormReader): Block[] {
  const elsewhere = form.has('redirection.office')
    ? [paragraph(`建议贵处向${form.text('redirection.office')}核实。`)]
    : [];
  return [paragraph('因下列原因，我处不能完成核实：'), ...paragraphs(form.text('reason')), ...elsewhere];
}
