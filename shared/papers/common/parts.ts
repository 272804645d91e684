import { findProcedure } from '../../procedures/find-procedure.ts';
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

/** The names of the files that go with an act, as its 附件, but for the paper itself where it was sent along as a file. */
export function listEnclosed({ documents }: Pick<PaperAct, 'documents'>, paper: string): string[] {
  return documents.filter(({ kind }) => kind !== paper).map(({ name }) => name.replace(/\.[A-Za-z0-9]{1,5}$/, ''));
}

/** The article that a refusal rests on: as its form says, else that of the ground it names, where the ground was checked against the statute. */
export function articleOf(source: PaperSource, form: FormReader): string {
  const [opening] = source.acts;
  const procedure = opening === undefined ? null : findProcedure(source.matter.type, opening.form);
  const ground = procedure?.grounds.find(({ id }) => id === form.text('ground'));
  const known = ground?.status === 'verified' ? ground.article : '';
  return citeArticle(form.text('article') || known);
}

/** `公证法 第三十一条` as papers cite it: 《中华人民共和国公证法》第三十一条. What is cited already stays as it is. */
function citeArticle(article: string): string {
  if (article === '' || article.includes('《')) return article;
  return article
    .split('；')
    .map((one) => {
      const [law = '', ...places] = one.split(' ');
      const named = /法$/.test(law) ? `中华人民共和国${law}` : law;
      return places.length === 0 ? one : `《${named}》${places.join('')}`;
    })
    .join('、');
}

/** `张三律师`, with a place to write where nobody is named. */
export function lawyerNamed(name: string): Text {
  return name.endsWith('律师') ? [name] : [fill(name), '律师'];
}
