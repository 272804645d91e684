import { dayOf, numberOf, openingOf } from '../common/parts.ts';
import type { PaperDefinition } from '../paper-source.ts';
import { readForm } from '../read-form.ts';
import { word } from '../words.ts';
import { cell, chineseDate, heads, label, note, paragraph, shanghaiTime, signLine } from '../write-text.ts';
import { matterOf } from './parts.ts';

/** 申请材料接收凭证: 法律援助文书格式五 (2023). It starts the seven days of 法律援助法 43. */
export const materialsReceipt: PaperDefinition = {
  id: 'materials-receipt',
  title: '申请材料接收凭证',
  build: (source) => {
    const opening = openingOf(source);
    const form = readForm(source.act.form);
    const papers = form.has('papers') ? form.list('papers') : opening.list('papers');
    return {
      style: 'form',
      origin: 'ministry',
      issuer: source.act.sender.name,
      title: ['申请材料接收凭证'],
      number: { label: '编号：', value: numberOf(source, form) },
      addressee: null,
      blocks: [
        {
          kind: 'table',
          columns: [4, 9, 4, 9],
          rows: [
            [
              label('申请人'),
              cell(opening.text('applicant.name')),
              label('联系电话'),
              cell(opening.text('applicant.phone')),
            ],
            [label('申请事项'), cell(matterOf(opening), { span: 3 })],
            [
              label('接收日期'),
              cell(chineseDate(dayOf(source, form))),
              label('登记时间'),
              cell(shanghaiTime(source.act.createdAt)),
            ],
          ],
        },
        paragraph('今收到申请人提交的下列材料：'),
        {
          kind: 'table',
          columns: [3, 15, 5, 4],
          head: heads('序号', '材料名称', '原件/复印件', '份（页）数'),
          rows: papers.map((item, index) => [
            cell(String(index + 1), { align: 'center' }),
            cell(item.text('name')),
            cell(word('paperForm', item.text('form')), { align: 'center' }),
            cell(item.text('sheets'), { align: 'center' }),
          ]),
        },
        paragraph(
          '根据《中华人民共和国法律援助法》第四十三条的规定，本机构自收到法律援助申请之日起七日内进行审查，作出是否给予法律援助的决定。申请材料不齐全的，将一次性告知需要补充的材料或者需要作出的说明。',
        ),
      ],
      attachments: [],
      signature: { lines: [[source.act.sender.name]], sealMark: '（公章）', date: chineseDate(dayOf(source, form)) },
      tail: [
        signLine('接收人（签名）'),
        signLine('申请人（签名）'),
        note('说明：本凭证一式两份，一份交申请人，一份附卷。'),
      ],
    };
  },
};
