import { lawyerNamed, openingOf } from '../common/parts.ts';
import type { PaperDefinition } from '../paper-source.ts';
import { word } from '../words.ts';
import { chineseDate, fill, p, paragraph, shanghaiDay } from '../write-text.ts';
import { partyOf } from './parts.ts';

/** 律师事务所函: the wording of 司发通〔2000〕102号, form 2. Firms have no red head. */
export const firmLetter: PaperDefinition = {
  id: 'firm-letter',
  title: '律师事务所函',
  build: (source) => {
    const form = openingOf(source);
    const principal = form.text('principal.name') || form.text('party.name');
    const lawyers = form.list('lawyers');
    const aid = form.is('basis', 'legal-aid');
    return {
      style: 'plain',
      origin: 'practice',
      issuer: source.act.sender.name,
      title: [`${source.act.sender.name}函`],
      number: { label: '', value: source.number },
      addressee: [`${source.matter.lead.name}：`],
      blocks: [
        paragraph(
          p`${aid ? '本所接受法律援助机构的指派' : p`本所接受${fill(principal)}的委托`}，指派${lawyerNamed(lawyers.map((one) => one.text('name')).join('、'))}，担任${fill(form.text('charge'))}案件${partyOf(form)}的${word('role', form.text('role'))}。`,
        ),
        ...lawyers.map((one) =>
          paragraph(
            p`${lawyerNamed(one.text('name'))}，执业证号${fill(one.text('licence'), 9)}，联系电话${fill(one.text('phone'))}。`,
          ),
        ),
        paragraph('特此函告。'),
      ],
      attachments: [aid ? '法律援助公函一份' : '授权委托书一份', '律师执业证复印件一份'],
      signature: {
        lines: [[source.act.sender.name]],
        sealMark: '（盖章）',
        date: chineseDate(shanghaiDay(source.act.createdAt)),
      },
      tail: [],
    };
  },
};
