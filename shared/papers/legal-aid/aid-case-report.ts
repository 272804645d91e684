import { dayOf, openingOf } from '../common/parts.ts';
import type { PaperDefinition } from '../paper-source.ts';
import { readForm } from '../read-form.ts';
import { cell, chineseDate, flush, label, paragraphs, signLine } from '../write-text.ts';
import { matterOf } from './parts.ts';

/** 结案报告表: 法律援助文书格式二十一 (2023). */
export const aidCaseReport: PaperDefinition = {
  id: 'aid-case-report',
  title: '法律援助案件结案报告表',
  build: (source) => {
    const opening = openingOf(source);
    const form = readForm(source.act.form);
    const assigned = readForm(source.acts.find(({ form: one }) => one['stage'] === 'assigned')?.form);
    return {
      style: 'form',
      origin: 'ministry',
      issuer: source.act.sender.name,
      title: ['法律援助案件结案报告表'],
      number: { label: '编号：', value: source.number },
      addressee: null,
      blocks: [
        {
          kind: 'table',
          columns: [4, 9, 4, 9],
          rows: [
            [label('受援人'), cell(opening.text('applicant.name')), label('援助事项'), cell(matterOf(opening))],
            [
              label('承办机构'),
              cell(assigned.text('lawyer.firm')),
              label('承办人'),
              cell(assigned.text('lawyer.name')),
            ],
            [
              label('办案机关'),
              cell(opening.text('handlingAuthority.name')),
              label('结案日期'),
              cell(chineseDate(dayOf(source, form))),
            ],
          ],
        },
        flush('承办情况及结果'),
        ...paragraphs(form.text('result')),
        ...(form.has('note') ? [flush('备注'), ...paragraphs(form.text('note'))] : []),
      ],
      attachments: [],
      signature: null,
      tail: [signLine('承办人（签名）'), signLine('审核人（签名）')],
    };
  },
};
