import { contactLine, dayOf, numberOf, openingOf, servedLines } from '../common/parts.ts';
import type { PaperBody } from '../paper.ts';
import type { PaperSource } from '../paper-source.ts';
import { readForm } from '../read-form.ts';
import { chineseDate, fill, numbered, p, paragraph } from '../write-text.ts';
import { matterOf } from './parts.ts';

/** 补充材料/说明通知书: 法律援助文书格式六 (2023). */
export function aidSupplementNotice(source: PaperSource): PaperBody {
  const form = readForm(source.act.form);
  const opening = openingOf(source);
  const transfer = source.matter.subtype === 'transfer';
  const applicant = transfer ? opening.text('applicant.name') : (source.acts[0]?.sender.name ?? '');
  const subject = transfer ? matterOf(opening) : `${opening.text('recipientOfAid')}一案法律援助协作`;
  const lapse = form.is('effect', 'lapse');
  return {
    style: 'notice',
    origin: 'ministry',
    issuer: source.act.sender.name,
    title: ['补充材料/说明通知书'],
    number: { label: '', value: numberOf(source, form) },
    addressee: p`${fill(applicant)}：`,
    blocks: [
      paragraph(
        p`你（单位）于${chineseDate(opening.text('receivedOn') || (source.acts[0]?.createdAt ?? ''))}提交的${subject}申请，经审查，申请材料尚不齐全。${transfer ? '根据《中华人民共和国法律援助法》第四十三条的规定，' : ''}现通知你（单位）补充下列材料或者作出说明：`,
      ),
      ...numbered(
        form
          .list('items')
          .map((item) => [
            `${item.text('item')}${item.text('problem') === '' ? '' : `（${item.text('problem')}）`}：${item.text('wanted').replace(/[。；;]$/, '')}。`,
          ]),
      ),
      paragraph(
        p`请于${chineseDate(form.text('by'))}前将上述材料或者说明提交至${fill(form.text('where') || source.act.sender.name, 12)}。`,
      ),
      ...(lapse
        ? [
            paragraph(
              '未按要求补充材料或者作出说明的，根据《中华人民共和国法律援助法》第四十三条的规定，视为撤回申请。',
            ),
          ]
        : []),
      contactLine(form, 'contact'),
      paragraph('特此通知。'),
    ],
    attachments: [],
    signature: { lines: [[source.act.sender.name]], sealMark: '（公章）', date: chineseDate(dayOf(source, form)) },
    tail: servedLines(),
  };
}
