import { openingOf } from '../common/parts.ts';
import type { PaperDefinition } from '../paper-source.ts';
import { readForm } from '../read-form.ts';
import { chineseDate, fill, numbered, p, paragraph } from '../write-text.ts';
import { roleIn } from './parts.ts';

/** 律师阅卷承诺书: its name stands in the 工作规定 of 2025, its duties in 刑事诉讼法解释 55; the wording is our own. One case, one promise. */
const PROMISES = [
  '所查阅、摘抄、复制的案卷材料只用于本案的辩护（代理）活动，不用于其他任何目的。',
  '不泄露、散布案件重要信息和案卷材料，不向媒体、互联网或者与本案无关的人员提供。',
  '案件不公开审理的，对案件信息、案卷材料予以保密。',
  '对知悉的国家秘密、商业秘密和个人隐私、个人信息予以保密。',
  '不出借、转让案卷材料，不再行复制、传播；加密案卷的口令单独保管，不与案卷一并存放、传送。',
  '妥善保管案卷材料，办案结束后按规定归档或者销毁。',
  '案卷材料丢失、泄露的，立即报告提供案卷的机关。',
] as const;

export const pledge: PaperDefinition = {
  id: 'pledge',
  title: '律师阅卷承诺书',
  build: (source) => {
    const form = openingOf(source);
    const lawyers = form.list('lawyers');
    return {
      style: 'plain',
      origin: 'custom',
      issuer: source.act.sender.name,
      title: ['律师阅卷承诺书'],
      number: null,
      addressee: [`${source.matter.lead.name}：`],
      blocks: [
        ...lawyers.map((one) =>
          paragraph(
            p`承诺人${fill(one.text('name'))}，${fill(one.text('firm'), 10)}律师，执业证号${fill(one.text('licence'), 9)}。`,
          ),
        ),
        paragraph(
          p`承诺人作为${roleIn(form, p`（案号：${fill(form.text('caseNumber'), 10)}）`)}，就查阅、摘抄、复制本案案卷材料承诺如下：`,
        ),
        ...numbered([...PROMISES]),
        paragraph('违反上述承诺的，承诺人愿意接受有关机关通报司法行政机关、律师协会处理，并依法承担相应的法律责任。'),
      ],
      attachments: [],
      signature: {
        lines: lawyers.map((one) => [`承诺人：${one.text('name')}（执业证号${one.text('licence')}）`]),
        date: chineseDate(readForm(source.act.form).text('on')),
      },
      tail: [],
    };
  },
};
