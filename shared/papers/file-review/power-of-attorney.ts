import { lawyerNamed, openingOf } from '../common/parts.ts';
import type { PaperDefinition } from '../paper-source.ts';
import { word } from '../words.ts';
import { box, chineseDate, fill, p, paragraph } from '../write-text.ts';
import { caseOf, partyOf } from './parts.ts';

/** 授权委托书: a form that the principal completes and signs by hand; nobody else's hand may fill the powers in. */
export const powerOfAttorney: PaperDefinition = {
  id: 'power-of-attorney',
  title: '授权委托书',
  build: (source) => {
    const form = openingOf(source);
    const [lawyer] = form.list('lawyers');
    const stage = form.text('stage');
    return {
      style: 'plain',
      origin: 'custom',
      issuer: source.act.sender.name,
      title: ['授权委托书'],
      number: null,
      addressee: null,
      blocks: [
        paragraph(p`委托人：${fill(form.text('principal.name') || form.text('party.name'), 8)}`),
        paragraph(p`身份证件号码：${{ blank: 14 }}`),
        paragraph(
          p`与${word('standing', form.text('party.standing'))}关系：${fill(form.text('principal.relation') || (form.has('principal') ? '' : '本人'), 6)}　联系电话：${{ blank: 8 }}`,
        ),
        paragraph(p`受委托人：${lawyerNamed(lawyer?.text('name') ?? '')}`),
        paragraph(p`执业机构：${fill(lawyer?.text('firm') ?? '', 12)}`),
        paragraph(
          p`执业证号：${fill(lawyer?.text('licence') ?? '', 10)}　联系电话：${fill(lawyer?.text('phone') ?? '', 8)}`,
        ),
        paragraph(
          p`委托人因${caseOf(form)}，委托上列受委托人担任${partyOf(form)}的${word('role', form.text('role'))}。`,
        ),
        paragraph(`委托权限：${box(false, '一般授权')}　${box(false, '特别授权')}`),
        paragraph(p`特别授权的具体事项：${{ blank: 17 }}`),
        paragraph(
          p`委托期限：自本委托书签署之日起至${box(stage === 'prosecution-review', '审查起诉终结')}　${box(stage === 'first-instance', '一审终结')}　${box(stage === 'second-instance', '二审终结')}　${box(false, '其他')}${{ blank: 5 }}时止。`,
        ),
      ],
      attachments: [],
      signature: {
        lines: [p`委托人（签名、捺印）：${{ blank: 8 }}`, p`受委托人（签名）：${{ blank: 8 }}`],
        date: chineseDate(''),
      },
      tail: [],
    };
  },
};
