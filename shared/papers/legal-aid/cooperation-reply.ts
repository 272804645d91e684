import { contactLine, dayOf, listEnclosed, numberOf, openingOf } from '../common/parts.ts';
import type { Block } from '../paper.ts';
import type { PaperDefinition } from '../paper-source.ts';
import { type FormReader, readForm } from '../read-form.ts';
import { chineseDate, numbered, p, paragraph, paragraphs } from '../write-text.ts';

/** The assisting centre's answer to a 协作函: results, or the written reasons why not, or another date. */
export const cooperationReply: PaperDefinition = {
  id: 'cooperation-reply',
  title: '法律援助协作复函',
  build: (source) => {
    const opening = openingOf(source);
    const form = readForm(source.act.form);
    const asked = opening.text('number');
    const [request] = source.acts;
    return {
      style: 'letter',
      origin: 'custom',
      issuer: source.act.sender.name,
      title: [`关于${opening.text('recipientOfAid')}法律援助案件协作事项的复函`],
      number: { label: '', value: numberOf(source, form) },
      addressee: [`${request?.sender.name ?? ''}：`],
      blocks: [
        paragraph(
          `贵中心${asked === '' ? '关于' : `${asked}关于`}${opening.text('recipientOfAid')}一案的法律援助协作函收悉。现函复如下：`,
        ),
        ...answersOf(source.act.act === 'deliver', form),
        ...(form.has('handler') ? [contactLine(form, 'handler')] : []),
        paragraph('特此函复。'),
      ],
      attachments: listEnclosed(source.act, 'cooperation-reply'),
      signature: { lines: [[source.act.sender.name]], date: chineseDate(dayOf(source, form)) },
      tail: [],
    };
  },
};

function answersOf(done: boolean, form: FormReader): Block[] {
  if (done) {
    return [
      ...numbered(
        form
          .list('results')
          .map((one) => [
            `${one.text('item')}（${one.is('done', true) ? '已办理' : '未能办理'}）：${one.text('result')}`,
          ]),
      ),
      ...(form.has('note') ? paragraphs(form.text('note')) : []),
    ];
  }
  const reason = paragraphs(form.text('reason'));
  const elsewhere = form.has('redirection.office')
    ? [paragraph(`建议贵中心联系${form.text('redirection.office')}。`)]
    : [];
  if (form.is('outcome', 'accepted')) {
    const by = form.has('by') ? p`，拟于${chineseDate(form.text('by'))}前办结` : [];
    return [paragraph(p`贵中心请求的协作事项，本中心予以协助${by}。`)];
  }
  if (form.is('outcome', 'rescheduled')) {
    return [paragraph(p`因下列原因，本中心拟于${chineseDate(form.text('by'))}前办理：`), ...reason];
  }
  return [paragraph('因下列原因，本中心不能协助办理：'), ...reason, ...elsewhere];
}
