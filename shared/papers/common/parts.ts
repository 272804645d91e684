import type { Block, Text } from '../paper.ts';
import type { PaperAct, PaperSource } from '../paper-source.ts';
import { type FormReader, readForm } from '../read-form.ts';
import { fill, flush, p, paragraph, shanghaiDay, signLine } from '../write-text.ts';

/** The number on the paper: what the form already says, then the office's own pattern, never an invented one. */
export function numberOf(source: PaperSource, form: FormReader): string | null {
  return form.text('number') || source.number;
}

/** The day that an act names, else the day on which it was signed. */
export function dayOf(source: PaperSource, form: FormReader): string {
  return form.text('on') || shanghaiDay(source.act.createdAt);
}

export function contactLine(form: FormReader, path: string): Block {
  const at = (field: string): string => form.text(`${path}.${field}`);
  const address: Text = at('address') === '' ? [] : [`，地址：${at('address')}`];
  return paragraph(p`联系人：${fill(at('name'))}，联系电话：${fill(at('phone'), 8)}${address}。`);
}

/** The line in which the addressee acknowledges a paper handed over by hand. */
export function servedLines(): Block[] {
  return [signLine('受送达人（签名）'), flush('本文书一式两份，一份送达，一份附卷。')];
}

/** The form that opened the matter: later papers take the case from it. */
export function openingOf({ acts, act }: Pick<PaperSource, 'acts' | 'act'>): FormReader {
  return readForm((acts.find((one) => one.act === 'submit') ?? act).form);
}

/** The names of the files that go with an act, as its 附件. */
export function listEnclosed({ documents }: Pick<PaperAct, 'documents'>): string[] {
  return documents.map(({ name }) => name.replace(/\.[A-Za-z0-9]{1,5}$/, ''));
}
