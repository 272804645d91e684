import { dayOf, numberOf } from '../common/parts.ts';
import { openingOf } from '../file-review/parts.ts';
import type { PaperDefinition } from '../paper-source.ts';
import { readForm } from '../read-form.ts';
import { chineseDate, fill, p, paragraph, paragraphs, shanghaiDay, signLine } from '../write-text.ts';
import { applicantsOf, isNotarization } from './parts.ts';

interface Kind {
  readonly title: string;
  readonly decision: string;
}

const KINDS: Readonly<Record<string, Kind>> = {
  'not-accepted': { title: '不予受理公证申请通知书', decision: '不予受理' },
  refused: { title: '不予办理公证决定书', decision: '不予办理公证' },
  terminated: { title: '终止公证决定书', decision: '终止公证' },
};

/** 不予受理通知书, 不予办理 and 终止公证决定书: 公证法 31; elements by law, layout our own. */
export const notarizationRefusal: PaperDefinition = {
  id: 'notarization.refusal',
  title: '不予受理（办理）公证通知书',
  appliesTo: isNotarization('request', 'decision', (form) => Object.hasOwn(KINDS, form.text('outcome'))),
  build: (source) => {
    const opening = openingOf(source);
    const form = readForm(source.act.form);
    const kind = KINDS[form.text('outcome')] ?? { title: '通知书', decision: '' };
    const how = form.text('redirection.how');
    return {
      style: 'notice',
      origin: 'statute',
      issuer: source.act.sender.name,
      title: [kind.title],
      number: { label: '', value: numberOf(source, form) },
      addressee: p`${fill(applicantsOf(opening), 8)}：`,
      blocks: [
        paragraph(
          p`你（单位）于${chineseDate(opening.text('appliedOn') || shanghaiDay(source.acts[0]?.createdAt ?? ''))}提交的${fill(opening.text('matterName'), 8)}公证申请，经审查，查明：`,
        ),
        ...paragraphs(form.text('reason')),
        paragraph(p`根据${fill(form.text('article'), 12)}的规定，决定${kind.decision}。`),
        ...(form.has('redirection.office')
          ? [
              paragraph(
                `你（单位）可以向${form.text('redirection.office')}提出申请${how === '' ? '' : `：${how.replace(/。$/, '')}`}。`,
              ),
            ]
          : []),
        paragraph('对本决定有异议的，可以依法向本处提出，或者向本处所在地的司法行政部门、公证协会反映。'),
        paragraph('特此通知。'),
      ],
      attachments: [],
      signature: { lines: [[source.act.sender.name]], sealMark: '（盖章）', date: chineseDate(dayOf(source, form)) },
      tail: [signLine('申请人（签收）')],
    };
  },
};
