import { articleOf, dayOf, numberOf, openingOf } from '../common/parts.ts';
import type { PaperBody } from '../paper.ts';
import type { PaperDefinition, PaperSource } from '../paper-source.ts';
import { readForm } from '../read-form.ts';
import { chineseDate, fill, p, paragraph, paragraphs, shanghaiDay, signLine } from '../write-text.ts';
import { applicantsOf } from './parts.ts';

/** 不予受理通知书, 不予办理 and 终止公证决定书: 公证法 31; elements by law, layout our own. */
const define = (id: string, title: string, decision: string): PaperDefinition => ({
  id,
  title,
  build: (source) => buildRefusal(source, title, decision),
});

export const notarizationNotAccepted = define('notarization-not-accepted', '不予受理公证申请通知书', '不予受理');
export const notarizationRefused = define('notarization-refused', '不予办理公证决定书', '不予办理公证');
export const notarizationTerminated = define('notarization-terminated', '终止公证决定书', '终止公证');

function buildRefusal(source: PaperSource, title: string, decision: string): PaperBody {
  const opening = openingOf(source);
  const form = readForm(source.act.form);
  const how = form.text('redirection.how');
  return {
    style: 'notice',
    origin: 'statute',
    issuer: source.act.sender.name,
    title: [title],
    number: { label: '', value: numberOf(source, form) },
    addressee: p`${fill(applicantsOf(opening), 8)}：`,
    blocks: [
      paragraph(
        p`你（单位）于${chineseDate(opening.text('appliedOn') || shanghaiDay(source.acts[0]?.createdAt ?? ''))}提交的${fill(opening.text('matterName'), 8)}公证申请，经审查，查明：`,
      ),
      ...paragraphs(form.text('reason')),
      paragraph(p`根据${fill(articleOf(source, form), 12)}的规定，决定${decision}。`),
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
}
