import { listEnclosed, openingOf } from '../common/parts.ts';
import type { PaperDefinition, PaperSource } from '../paper-source.ts';
import type { readForm } from '../read-form.ts';
import { word, wordsOf } from '../words.ts';
import { chineseDate, fill, flush, numbered, p, paragraph, shanghaiDay } from '../write-text.ts';
import { roleIn } from './parts.ts';

/** 阅卷申请书: 律师法 33, 34; 刑事诉讼法 40. A lawyer's paper, so in the plain layout. */
export const readingApplication: PaperDefinition = {
  id: 'reading-application',
  title: '阅卷申请书',
  build: (source) => {
    const form = openingOf(source);
    const lawyers = form.list('lawyers').map((lawyer) => readLawyer(lawyer));
    const layman = form.is('applicant', 'other-defender');
    const scope = wordsOf('scope', form.texts('scope'));
    const pickUp = form.text('pickUpOffice.name');
    return {
      style: 'plain',
      origin: 'practice',
      issuer: layman ? form.text('defender.name') : source.act.sender.name,
      title: ['阅卷申请书'],
      number: null,
      addressee: [`${source.matter.lead.name}：`],
      blocks: [
        ...(layman ? [readDefender(form)] : lawyers).map((text) => paragraph(p`申请人：${text}`)),
        paragraph(
          p`申请人系${roleIn(form)}（${word('basis', form.text('basis'))}）。案号（统一受案号）：${fill(form.text('caseNumber'), 10)}，现处${word('stage', form.text('stage'))}阶段。${principal(form)}`,
        ),
        paragraph(`根据${basisOf(source, form)}的规定，申请如下：`),
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
            `申请人：${
              layman
                ? form.text('defender.name')
                : form
                    .list('lawyers')
                    .map((lawyer) => lawyer.text('name'))
                    .join('、')
            }`,
          ],
          ...(layman ? [] : [[source.act.sender.name]]),
        ],
        ...(layman ? {} : { sealMark: '（盖章）' }),
        date: chineseDate(shanghaiDay(source.act.createdAt)),
      },
      tail: [],
    };
  },
};

function readLawyer(lawyer: ReturnType<typeof readForm>) {
  return p`${fill(lawyer.text('name'))}，${fill(lawyer.text('firm'), 10)}律师，执业证号${fill(lawyer.text('licence'), 9)}，联系电话${fill(lawyer.text('phone'))}。`;
}

/** 刑诉法 40: a defender who is no lawyer reads with permission; he is known by name and relation. */
function readDefender(form: ReturnType<typeof readForm>) {
  const identity = p`${word('identity', form.text('defender.identity.kind'))}${fill(form.text('defender.identity.number'), 9)}`;
  return p`${fill(form.text('defender.name'))}，${identity}，与当事人关系：${fill(form.text('defender.relation'))}，联系电话${fill(form.text('defender.phone'))}。`;
}

/** 律师法 34 and 刑诉法 40 speak of defenders; agents read by the rules of the office that has the case. */
function basisOf({ matter }: PaperSource, form: ReturnType<typeof readForm>): string {
  const act = '《中华人民共和国刑事诉讼法》第四十条';
  if (form.is('role', 'litigation-agent')) {
    return matter.lead.type === 'court'
      ? '《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释》第六十五条'
      : '《人民检察院刑事诉讼规则》第五十六条';
  }
  return form.is('applicant', 'other-defender') ? act : `${act}、《中华人民共和国律师法》第三十四条`;
}

function volumesOf(form: ReturnType<typeof readForm>): string {
  return form.text('volumes') || '全部案卷材料';
}

function principal(form: ReturnType<typeof readForm>): string {
  const name = form.text('principal.name');
  return name === '' ? '' : `委托人${name}系当事人的${form.text('principal.relation')}。`;
}
