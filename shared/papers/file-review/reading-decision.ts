import { articleOf, dayOf, numberOf, openingOf } from '../common/parts.ts';
import type { Block } from '../paper.ts';
import type { PaperDefinition, PaperSource } from '../paper-source.ts';
import { type FormReader, readForm } from '../read-form.ts';
import { word } from '../words.ts';
import { chineseDate, fill, p, paragraph, paragraphs, shanghaiDay } from '../write-text.ts';
import { caseOf } from './parts.ts';

/** 律师阅卷告知书: that reading is arranged, or why not, or where instead. Nobody prescribes its form. */
export const readingDecision: PaperDefinition = {
  id: 'reading-decision',
  title: '律师阅卷告知书',
  build: (source) => {
    const opening = openingOf(source);
    const form = readForm(source.act.form);
    const of = opening.is('applicant', 'other-defender') ? '' : '你所';
    return {
      style: 'notice',
      origin: 'custom',
      issuer: source.act.sender.name,
      title: ['律师阅卷告知书'],
      number: { label: '', value: numberOf(source, form) },
      addressee: [`${source.acts[0]?.sender.name ?? ''}：`],
      blocks: [
        paragraph(
          p`${of}${fill(namesOf(opening))}于${chineseDate(shanghaiDay(source.acts[0]?.createdAt ?? ''))}就${caseOf(opening)}提交的阅卷申请收悉。${form.is('outcome', 'denied') ? '经审查，查明：' : '经审查，现告知如下：'}`,
        ),
        ...outcomeOf(source, form, opening),
        paragraph('特此告知。'),
      ],
      attachments: [],
      signature: { lines: [[source.act.sender.name]], sealMark: '（盖章）', date: chineseDate(dayOf(source, form)) },
      tail: [],
    };
  },
};

function namesOf(opening: FormReader): string {
  const lawyers = opening.list('lawyers').map((one) => `${one.text('name').replace(/律师$/, '')}律师`);
  return lawyers.length > 0 ? lawyers.join('、') : opening.text('defender.name');
}

function outcomeOf(source: PaperSource, form: FormReader, opening: FormReader): Block[] {
  if (form.is('outcome', 'granted')) {
    const volumes = form.text('volumes') || opening.text('volumes') || '全部案卷材料';
    return [
      paragraph(
        `同意以${word('mode', form.text('mode') || opening.text('mode'))}的方式查阅、摘抄、复制下列案卷材料：${volumes}。`,
      ),
      paragraph('领取案卷前，请先签署律师阅卷承诺书。'),
      ...(form.has('note') ? paragraphs(form.text('note')) : []),
    ];
  }
  if (form.is('outcome', 'redirected')) {
    const how = form.text('redirection.how');
    const article = articleOf(source, form);
    return [
      ...paragraphs(form.text('reason')),
      ...(article === '' ? [] : [paragraph(`依据：${article}。`)]),
      paragraph(
        `申请人的阅卷权利不受影响，请到${form.text('redirection.office')}办理${how === '' ? '' : `：${how.replace(/。$/, '')}`}。`,
      ),
    ];
  }
  return [
    ...paragraphs(form.text('reason')),
    paragraph(p`根据${fill(articleOf(source, form), 12)}的规定，决定不予安排阅卷。`),
    paragraph('如认为上述决定阻碍其依法行使诉讼权利的，可以向本机关或者上一级机关申诉、控告。'),
  ];
}
