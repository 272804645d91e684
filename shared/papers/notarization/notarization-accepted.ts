import { contactLine, dayOf, numberOf, openingOf } from '../common/parts.ts';
import type { PaperDefinition } from '../paper-source.ts';
import { readForm } from '../read-form.ts';
import { chineseDate, fill, p, paragraph, shanghaiDay, signLine } from '../write-text.ts';
import { applicantsOf } from './parts.ts';

/** 公证受理通知书: 公证法 29, 30; 公证程序规则 19. The day of acceptance starts the fifteen working days. */
export const notarizationAccepted: PaperDefinition = {
  id: 'notarization-accepted',
  title: '公证受理通知书',
  build: (source) => {
    const opening = openingOf(source);
    const form = readForm(source.act.form);
    return {
      style: 'notice',
      origin: 'practice',
      issuer: source.act.sender.name,
      title: ['公证受理通知书'],
      number: { label: '', value: numberOf(source, form) },
      addressee: p`${fill(applicantsOf(opening), 8)}：`,
      blocks: [
        paragraph(
          p`你（单位）于${chineseDate(opening.text('appliedOn') || shanghaiDay(source.acts[0]?.createdAt ?? ''))}提交的${fill(opening.text('matterName'), 8)}公证申请，经审查，符合《公证程序规则》第十九条规定的条件，决定予以受理。受理日期为${chineseDate(dayOf(source, form))}。`,
        ),
        paragraph(
          '根据《中华人民共和国公证法》第三十条的规定，本处自受理公证申请之日起十五个工作日内向当事人出具公证书。因不可抗力、补充证明材料或者需要核实有关情况的，所需时间不计算在期限内。',
        ),
        ...(form.has('note') ? [paragraph(form.text('note'))] : []),
        contactLine(form, 'handler'),
        paragraph('特此通知。'),
      ],
      attachments: [],
      signature: { lines: [[source.act.sender.name]], sealMark: '（盖章）', date: chineseDate(dayOf(source, form)) },
      tail: [signLine('申请人（签收）')],
    };
  },
};
