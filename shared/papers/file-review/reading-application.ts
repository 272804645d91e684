import { listEnclosed, openingOf } from '../common/parts.ts';
import type { PaperDefinition } from '../paper-source.ts';
import type { readForm } from '../read-form.ts';
import { word, wordsOf } from '../words.ts';
import { chineseDate, fill, flush, numbered, p, paragraph, shanghaiDay } from '../write-text.ts';

/** 阅卷申请书: 律师法 33, 34; 刑事诉讼法 40. A lawyer's paper, so in the plain layout. */
export const readingApplication: PaperDefinition = {
  id: 'reading-application',
  title: '阅卷申请书',
  build: (source) => {
    const form = openingOf(source);
    const lawyers = form.list('lawyers').map((lawyer) => readLawyer(lawyer));
    const standing = word('standing', form.text('party.standing'));
    const scope = wordsOf('scope', form.texts('scope'));
    const pickUp = form.text('pickUpOffice.name');
    return {
      style: 'plain',
      origin: 'practice',
      issuer: source.act.sender.name,
      title: ['阅卷申请书'],
      number: null,
      addressee: [`${source.matter.lead.name}：`],
      blocks: [
        ...lawyers.map((text) => paragraph(p`申请人：${text}`)),
        paragraph(
          p`申请人系${standing}${fill(form.text('party.name'))}涉嫌${fill(form.text('charge'))}一案的${word('role', form.text('role'))}（${word('basis', form.text('basis'))}）。案号（统一受案号）：${fill(form.text('caseNumber'), 10)}，现处${word('stage', form.text('stage'))}阶段。${principal(form)}`,
        ),
        paragraph('根据《中华人民共和国刑事诉讼法》第四十条、《中华人民共和国律师法》第三十四条的规定，申请如下：'),
        ...numbered([
          p`${scope}上述案件的案卷材料，范围：${volumesOf(form)}；`,
          p`阅卷方式：${word('mode', form.text('mode'))}${pickUp === '' ? '' : `，在${pickUp}（律师注册地同级机关）领取`}；`,
          '请依法及时安排；因故不能及时安排的，请说明理由并告知可以阅卷的时间。',
        ]),
        ...(form.has('note') ? [paragraph(`其他说明：${form.text('note')}`)] : []),
        paragraph('此致'),
        flush(source.matter.lead.name),
      ],
      attachments: listEnclosed(source.act, 'reading-application'),
      signature: {
        lines: [
          [
            `申请人：${form
              .list('lawyers')
              .map((lawyer) => lawyer.text('name'))
              .join('、')}`,
          ],
          [source.act.sender.name],
        ],
        sealMark: '（盖章）',
        date: chineseDate(shanghaiDay(source.act.createdAt)),
      },
      tail: [],
    };
  },
};

function readLawyer(lawyer: ReturnType<typeof readForm>) {
  return p`${fill(lawyer.text('name'))}，${fill(lawyer.text('firm'), 10)}律师，执业证号${fill(lawyer.text('licence'), 9)}，联系电话${fill(lawyer.text('phone'))}。`;
}

function volumesOf(form: ReturnType<typeof readForm>): string {
  return form.text('volumes') || '全部案卷材料';
}

function principal(form: ReturnType<typeof readForm>): string {
  const name = form.text('principal.name');
  return name === '' ? '' : `委托人${name}系当事人的${form.text('principal.relation')}。`;
}
