import { openingOf } from '../common/parts.ts';
import type { Block, Cell } from '../paper.ts';
import type { PaperDefinition } from '../paper-source.ts';
import type { FormReader } from '../read-form.ts';
import { word } from '../words.ts';
import { box, cell, chineseDate, flush, label, note, paragraph, paragraphs, signLine } from '../write-text.ts';
import { matterOf } from './parts.ts';

/** To write in by hand. */
const SPACE: Block = { kind: 'space', lines: 5 };

/** 法律援助申请表: 法律援助文书格式二 (2023). What the receiving centre entered; the applicant completes and signs it. */
export const aidApplication: PaperDefinition = {
  id: 'aid-application',
  title: '法律援助申请表',
  build: (source) => {
    const form = openingOf(source);
    const at = (path: string) => cell(form.text(path));
    const exempt = form.is('hardship.basis', 'exempt');
    return {
      style: 'form',
      origin: 'ministry',
      issuer: source.act.sender.name,
      title: ['法律援助申请表'],
      number: { label: '编号：', value: source.number },
      addressee: null,
      blocks: [
        {
          kind: 'table',
          columns: [4, 9, 4, 9],
          rows: [
            [label('申请人'), at('applicant.name'), label('性　别'), cell('')],
            [label('出生年月'), cell(''), label('民　族'), cell('')],
            [
              label(word('identity', form.text('applicant.identity.kind'))),
              at('applicant.identity.number'),
              label('联系电话'),
              at('applicant.phone'),
            ],
            [label('户籍地'), cell(''), label('住　址'), at('applicant.address')],
            [label('工作单位'), cell(''), label('人群类别'), cell('')],
            ...agentRows(form),
            [label('申请事项'), cell(matterOf(form), { span: 3 })],
            [label('办案机关'), at('handlingAuthority.name'), label('对方当事人'), cell('')],
          ],
        },
        flush('案情及申请理由'),
        ...(form.has('facts') ? paragraphs(form.text('facts')) : [SPACE]),
        flush('经济困难状况'),
        paragraph(
          `${box(!exempt, '已填写经济困难状况说明表并作出诚信承诺')}　${box(exempt, `属于免予核查经济困难状况的人员${exempt ? `：${form.text('hardship.ground')}` : ''}`)}`,
        ),
        paragraph(
          '申请人承诺：以上所填内容和提交的材料真实、合法、有效，同意法律援助机构依法核查；如有虚假，愿意承担相应的法律责任。',
        ),
      ],
      attachments: [],
      signature: null,
      tail: [
        signLine('申请人（签名）'),
        {
          kind: 'table',
          columns: [4, 9, 4, 9],
          rows: [
            [
              label('接收机构'),
              cell(source.act.sender.name),
              label('收到日期'),
              cell(chineseDate(form.text('receivedOn'))),
            ],
          ],
        },
        note('说明：申请表应当如实填写，字迹清楚；选择项在方框内打勾。'),
      ],
    };
  },
};

function agentRows(form: FormReader): Cell[][] {
  if (!form.has('agent')) return [];
  return [
    [label('代理人'), cell(form.text('agent.name')), label('与申请人关系'), cell(form.text('agent.relation'))],
    [
      label('代理人证件'),
      cell(form.text('agent.identity.number')),
      label('代理权依据'),
      cell(form.text('agent.authority')),
    ],
  ];
}
