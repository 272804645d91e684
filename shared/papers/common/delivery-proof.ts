import type { Block, Table } from '../paper.ts';
import type { PaperAct, PaperDefinition, PaperReceipt } from '../paper-source.ts';
import { word } from '../words.ts';
import { cell, flush, heads, label, note, shanghaiTime } from '../write-text.ts';
import { actTitle } from './act-title.ts';
import { openingOf } from './parts.ts';

/** 送达回证 (民事诉讼法 87; for electronic service 人民法院在线诉讼规则 31): every attachment with its whole digest, every time with who says so. */
export const deliveryProof: PaperDefinition = {
  id: 'delivery-proof',
  title: '送达回证',
  build: (source) => {
    const { act, matter } = source;
    const opening = openingOf(source);
    const cause = opening.text('charge') || opening.text('cause') || opening.text('matterName');
    return {
      style: 'form',
      origin: 'statute',
      issuer: act.sender.name,
      title: ['送达回证'],
      number: { label: '编号：', value: source.number },
      addressee: null,
      blocks: [
        {
          kind: 'table',
          columns: [4, 10, 4, 8],
          rows: [
            [label('事　项'), cell(matter.title, { span: 3 })],
            [label('案　由'), cell(cause), label('案　号'), cell(opening.text('caseNumber'))],
            [
              label('送达文书'),
              cell(actTitle(source)),
              label('件　数'),
              cell(`${act.documents.length} 件（见附件清单）`),
            ],
            [label('送达单位'), cell(act.sender.name), label('签署人'), cell(act.person)],
            [
              label('受送达人'),
              cell(act.recipients.map(({ name }) => name).join('、')),
              label('签署时间'),
              cell(shanghaiTime(act.createdAt)),
            ],
            [label('送达方式'), cell('电子送达：以加密文书包，送达受送达人在机构名片中指定的信箱', { span: 3 })],
            [label('文书标识'), cell(act.m, { span: 3 })],
          ],
        },
        flush('一、附件清单'),
        ...documentsOf(act),
        flush('二、投递与签收'),
        eventsOf(act),
      ],
      attachments: [],
      signature: null,
      tail: [
        {
          kind: 'table',
          columns: [5, 8, 5, 8],
          rows: [
            [label('受送达人签收'), cell(''), label('签收时间'), cell('　　年　月　日　时', { align: 'right' })],
            [label('代收人及理由'), cell(''), label('代收日期'), cell('')],
            [label('拒收事由'), cell(''), label('见证人（签名）'), cell('')],
            [label('备　考'), cell('', { span: 3 })],
            [label('填发人（签名）'), cell(''), label('送达人（签名）'), cell('')],
          ],
        },
        note(
          '说明：时间均为北京时间，签署、投递时间由送达单位自述，签收时间以受送达人签名的回执为准。“核验结论”由受送达人签收时作出。投递不等于签收；没有签名回执的，不能证明已经收到。',
        ),
      ],
    };
  },
};

function documentsOf({ documents }: PaperAct): Block[] {
  if (documents.length === 0) return [flush('（无附件，文书内容见签名文书）')];
  return [
    {
      kind: 'table',
      columns: [2, 9, 4, 13],
      head: heads('序号', '文件名', '字节数', 'SHA-256'),
      rows: documents.map((file, index) => [
        cell(String(index + 1), { align: 'center' }),
        cell(file.name),
        cell(String(file.size), { align: 'right' }),
        cell(file.sha256),
      ]),
    },
  ];
}

function eventsOf({ postings, receipts }: PaperAct): Table {
  const posted = postings.map(({ office, postedAt }) => [
    cell(office.name),
    cell('已投递', { align: 'center' }),
    cell(shanghaiTime(postedAt)),
    cell('—', { align: 'center' }),
    cell('送达单位本机时钟'),
  ]);
  const answered = receipts.map((receipt) => [
    cell(receipt.office.name),
    cell(word('receipt', receipt.kind), { align: 'center' }),
    cell(shanghaiTime(receipt.receivedAt)),
    cell(verdictOf(receipt)),
    cell(`受送达人签名的回执 ${receipt.m}`),
  ]);
  const rows = [...posted, ...answered];
  const none = [cell('（尚无投递或者签收记录）', { span: 5, align: 'center' })];
  return {
    kind: 'table',
    columns: [5, 3, 4, 4, 13],
    head: heads('受送达人', '状态', '时间', '核验结论', '时间来源及回执标识'),
    rows: rows.length === 0 ? [none] : rows,
  };
}

function verdictOf({ indication, subIndication, code }: PaperReceipt): string {
  const reason = code ?? subIndication;
  return `${word('indication', indication)}${reason === null ? '' : `（${reason}）`}`;
}
