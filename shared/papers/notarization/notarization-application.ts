import { openingOf } from '../common/parts.ts';
import type { Block, Cell } from '../paper.ts';
import type { PaperDefinition } from '../paper-source.ts';
import type { FormReader } from '../read-form.ts';
import { word } from '../words.ts';
import { cell, chineseDate, flush, heads, label, note, paragraph, signLine } from '../write-text.ts';

/** 公证申请表: what 公证程序规则 17 lists, in its order. */
export const notarizationApplication: PaperDefinition = {
  id: 'notarization-application',
  title: '公证申请表',
  build: (source) => {
    const form = openingOf(source);
    return {
      style: 'form',
      origin: 'statute',
      issuer: source.matter.lead.name,
      title: ['公证申请表'],
      number: { label: '受理号：', value: source.number },
      addressee: null,
      blocks: [
        {
          kind: 'table',
          columns: [4, 8, 4, 10],
          rows: [
            ...form.list('applicants').flatMap(applicantRows),
            ...agentRows(form),
            wide('公证事项', form.text('matterName')),
            wide('公证用途', useOf(form)),
            wide('文书名称', form.texts('titles').join('；')),
            ...optional('利害关系人', form.texts('interestedParties').join('、')),
            ...optional('承诺替代材料', form.texts('promisedInstead').join('；')),
            [label('申请日期'), cell(chineseDate(form.text('appliedOn')), { span: 3 })],
            ...optional('其他说明', form.text('note')),
          ],
        },
        flush('提交的证明材料'),
        evidenceTable(form),
        ...witnesses(form),
        paragraph(
          '申请人承诺：所提供的材料真实、合法、充分，已知悉公证的法律意义、法律后果及虚假陈述的法律责任，同意公证机构依法核实有关情况，并同意经本次申请所用的通道接收电子送达。',
        ),
      ],
      attachments: [],
      signature: null,
      tail: [
        signLine('申请人（签名或者盖章）'),
        {
          kind: 'table',
          columns: [4, 9, 4, 9],
          rows: [
            [
              label('公证机构填写'),
              cell('接待人：　　　　　　　预审意见：　　　　　　　　　　　承办公证员：', { span: 3 }),
            ],
            [label('收　费'), cell('□按标准收取　□减收　□免收', { span: 3 })],
          ],
        },
        note(
          '说明：不能签名的，捺指印。本表按《公证程序规则》第十七条所列事项编制；涉及遗嘱、生存、收养关系等应当由本人亲自办理的公证事项，申请人应当亲自到场。',
        ),
      ],
    };
  },
};

function applicantRows(party: FormReader): Cell[][] {
  if (party.is('kind', 'entity')) {
    return [
      [label('申请人'), cell(party.text('name'), { span: 3 })],
      [label('信用代码'), cell(party.text('uscc')), label('代表人'), cell(party.text('representative'))],
    ];
  }
  return [
    [label('申请人'), cell(party.text('name')), label('联系电话'), cell(party.text('phone'))],
    [
      label('证件种类'),
      cell(word('identity', party.text('identity.kind'))),
      label('证件号码'),
      cell(party.text('identity.number')),
    ],
    [label('住　址'), cell(party.text('address'), { span: 3 })],
  ];
}

function agentRows(form: FormReader): Cell[][] {
  if (!form.has('agent')) return [];
  return [
    [label('代理人'), cell(form.text('agent.name')), label('与申请人关系'), cell(form.text('agent.relation'))],
    [
      label('代理权依据'),
      cell(form.text('agent.authority')),
      label('证件号码'),
      cell(form.text('agent.identity.number')),
    ],
  ];
}

function useOf(form: FormReader): string {
  const country = form.text('use.country');
  const language = form.text('use.language');
  return [
    form.text('use.purpose'),
    ...(country === '' ? [] : [`使用国家（地区）：${country}`]),
    ...(language === '' ? [] : [`译文语种：${language}`]),
    `份数：${form.text('use.copies')}份`,
  ].join('；');
}

function optional(name: string, value: string): Cell[][] {
  return value === '' ? [] : [wide(name, value)];
}

function wide(name: string, value: string): Cell[] {
  return [label(name), cell(value, { span: 3 })];
}

function evidenceTable(form: FormReader): Block {
  return {
    kind: 'table',
    columns: [3, 15, 5, 4],
    head: heads('序号', '材料名称', '原件/复印件', '份（页）数'),
    rows: form
      .list('evidence')
      .map((item, index) => [
        cell(String(index + 1), { align: 'center' }),
        cell(item.text('name')),
        cell(word('paperForm', item.text('form')), { align: 'center' }),
        cell(item.text('sheets'), { align: 'center' }),
      ]),
  };
}

function witnesses(form: FormReader): Block[] {
  const list = form.list('witnesses');
  if (list.length === 0) return [];
  return [flush(`证人：${list.map((one) => `${one.text('name')}（${one.text('contact')}）`).join('；')}`)];
}
