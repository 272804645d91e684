import { aidSupplementNotice } from '../legal-aid/aid-supplement-notice.ts';
import type { PaperBody } from '../paper.ts';
import type { PaperDefinition, PaperSource } from '../paper-source.ts';
import { readForm } from '../read-form.ts';
import { cell, chineseDate, fill, heads, p, paragraph, shanghaiDay } from '../write-text.ts';
import { contactLine, dayOf, numberOf, servedLines } from './parts.ts';

/** What a notice does to the clock, in the words of the statutes. */
const EFFECTS: Readonly<Record<string, string>> = {
  pause: '补充材料所需时间不计入办理期限，自收到补正材料之次日起继续计算',
  restart: '办理期限自收到补正材料之次日起重新计算',
  lapse: '无正当理由逾期未补正的，视为撤回申请',
  none: '补正不影响办理期限的计算',
};

/** 一次性补正告知书: everything that is missing, told once. Legal aid has a form of its own. */
export const supplementNotice: PaperDefinition = {
  id: 'supplement-notice',
  title: '补充材料（补正）通知书',
  build: (source) => (source.matter.type === 'legal-aid' ? aidSupplementNotice(source) : usualNotice(source)),
};

function usualNotice(source: PaperSource): PaperBody {
  const form = readForm(source.act.form);
  const [opening] = source.acts;
  const effect = form.text('effect');
  const article = form.text('article');
  return {
    style: 'notice',
    origin: 'practice',
    issuer: source.act.sender.name,
    title: ['一次性补正告知书'],
    number: { label: '', value: numberOf(source, form) },
    addressee: [`${opening?.sender.name ?? ''}：`],
    blocks: [
      paragraph(
        p`你单位于${chineseDate(shanghaiDay(opening?.createdAt ?? ''))}提交的“${source.matter.title}”申请，经审查，申请材料不齐全或者不符合要求。${article === '' ? '' : `根据${article}的规定，`}现将需要补正的全部内容一次性告知如下：`,
      ),
      {
        kind: 'table',
        columns: [3, 7, 9, 9],
        head: heads('序号', '材料名称', '存在问题', '补正要求'),
        rows: form
          .list('items')
          .map((item, index) => [
            cell(String(index + 1), { align: 'center' }),
            cell(item.text('item')),
            cell(item.text('problem') || '缺少'),
            cell(item.text('wanted')),
          ]),
      },
      paragraph(p`请于${chineseDate(form.text('by'))}前将补正材料提交至${fill(form.text('where'), 12)}。`),
      paragraph(p`${EFFECTS[effect] ?? fill('', 12)}。`),
      contactLine(form, 'contact'),
    ],
    attachments: [],
    signature: { lines: [[source.act.sender.name]], sealMark: '（盖章）', date: chineseDate(dayOf(source, form)) },
    tail: servedLines(),
  };
}
