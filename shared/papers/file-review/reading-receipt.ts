import { openingOf } from '../common/parts.ts';
import type { Table } from '../paper.ts';
import type { PaperAct, PaperDefinition } from '../paper-source.ts';
import { readForm } from '../read-form.ts';
import { word } from '../words.ts';
import { cell, chineseDate, fill, flush, heads, label, p, shanghaiTime, signLine } from '../write-text.ts';
import { caseOf } from './parts.ts';

/** 阅卷回执: what was handed over, volume by volume and file by file, and that the lawyer got it. */
export const readingReceipt: PaperDefinition = {
  id: 'reading-receipt',
  title: '阅卷回执',
  build: (source) => {
    const opening = openingOf(source);
    const form = readForm(source.act.form);
    const deliveries = source.acts.filter(({ act }) => act === 'deliver');
    const delivered = deliveries.map((act) => readForm(act.form));
    const watermark = delivered.map((one) => one.text('watermark')).find((text) => text !== '') ?? '';
    const separately = delivered.some((one) => one.is('passwordSeparately', true));
    const lawyers = opening.list('lawyers').map((one) => `${one.text('name')}（${one.text('licence')}）`);
    return {
      style: 'form',
      origin: 'custom',
      issuer: source.matter.lead.name,
      title: ['阅卷回执'],
      number: { label: '编号：', value: source.number ?? (form.text('number') || null) },
      addressee: null,
      blocks: [
        {
          kind: 'table',
          columns: [4, 9, 4, 9],
          rows: [
            [label('案　由'), cell(opening.text('charge')), label('案　号'), cell(opening.text('caseNumber'))],
            [label('案　件'), cell(caseOf(opening), { span: 3 })],
            [label('阅卷律师'), cell(lawyers.join('、')), label('律师事务所'), cell(source.act.sender.name)],
            [
              label('提供机关'),
              cell(source.matter.lead.name),
              label('阅卷方式'),
              cell(word('mode', opening.text('mode'))),
            ],
            [
              label('水印文字'),
              cell(watermark || '无'),
              label('口令'),
              cell(separately ? '已另行单独告知' : '随案卷告知'),
            ],
          ],
        },
        flush('一、案卷目录'),
        volumesOf(deliveries),
        flush('二、电子文件'),
        filesOf(deliveries),
        flush(p`三、备注（缺失、无法识读等）：${fill(form.text('note') || '无', 10)}`),
        flush(
          p`四、领取日期：${chineseDate(form.text('on'))}；回执签署时间：${shanghaiTime(source.act.createdAt)}（签署方时钟）`,
        ),
      ],
      attachments: [],
      signature: null,
      tail: [
        signLine('阅卷律师（签名）'),
        signLine('承办人员（签名）'),
        flush('本回执一式两份，提供机关、阅卷律师各执一份。'),
      ],
    };
  },
};

function volumesOf(deliveries: readonly PaperAct[]): Table {
  const volumes = deliveries.flatMap(({ form }) => readForm(form).list('volumes'));
  return {
    kind: 'table',
    columns: [3, 6, 14, 3],
    head: heads('序号', '卷号', '卷名', '页数'),
    rows: volumes.map((volume, index) => [
      cell(String(index + 1), { align: 'center' }),
      cell(volume.text('number'), { align: 'center' }),
      cell(volume.text('title')),
      cell(volume.text('pages'), { align: 'right' }),
    ]),
  };
}

function filesOf(deliveries: readonly PaperAct[]): Table {
  const files = deliveries.flatMap(({ documents }) => documents);
  return {
    kind: 'table',
    columns: [2, 9, 4, 13],
    head: heads('序号', '文件名', '字节数', 'SHA-256'),
    rows: files.map((file, index) => [
      cell(String(index + 1), { align: 'center' }),
      cell(file.name),
      cell(String(file.size), { align: 'right' }),
      cell(file.sha256),
    ]),
  };
}
