import { contactLine, listEnclosed, numberOf, openingOf } from '../common/parts.ts';
import type { Cell } from '../paper.ts';
import type { PaperDefinition } from '../paper-source.ts';
import type { FormReader } from '../read-form.ts';
import { word } from '../words.ts';
import { cell, chineseDate, fill, label, numbered, p, paragraph, shanghaiDay } from '../write-text.ts';
import { partyOf } from './parts.ts';

/** 公证核实函 (委托核实函): 公证程序规则 33. Notary offices are no organs: no red head. */
export const verificationLetter: PaperDefinition = {
  id: 'verification-letter',
  title: '公证核实函',
  build: (source) => {
    const form = openingOf(source);
    return {
      style: 'notice',
      origin: 'statute',
      issuer: source.act.sender.name,
      title: ['公证核实函'],
      number: { label: '', value: numberOf(source, form) },
      addressee: [`${source.matter.lead.name}：`],
      blocks: [
        paragraph(
          p`我处办理${fill(form.text('about'), 10)}，根据《公证程序规则》第三十三条的规定，现委托贵处核实下列事项：`,
        ),
        {
          kind: 'table',
          columns: [4, 10, 4, 8],
          rows: [[label('核实对象'), cell(partyOf(form.at('subject')), { span: 3 })], ...documentRows(form)],
        },
        ...numbered(form.list('questions').map((one) => [one.text('question')])),
        paragraph(
          p`请逐项答复属实、不属实或者无法核实，并说明依据。核实方式：${word('method', form.text('method'))}。`,
        ),
        paragraph('请贵处在收到本函后一个月内完成核实，函复我处；因故不能完成的，请在上述期限内函告我处。'),
        ...(form.has('note') ? [paragraph(form.text('note'))] : []),
        contactLine(form, 'contact'),
      ],
      attachments: listEnclosed(source.act, 'verification-letter'),
      signature: {
        lines: [[source.act.sender.name]],
        sealMark: '（盖章）',
        date: chineseDate(shanghaiDay(source.act.createdAt)),
      },
      tail: [],
    };
  },
};

function documentRows(form: FormReader): Cell[][] {
  if (!form.has('document')) return [];
  const at = (name: string): string => form.text(`document.${name}`);
  const on = at('issuedOn');
  return [
    [label('文书名称'), cell(at('name')), label('编　号'), cell(at('number') || '—')],
    [label('出具机构'), cell(at('issuer') || '—'), label('出具日期'), cell(on === '' ? '—' : chineseDate(on))],
  ];
}
