import { type BrowserWindow, dialog } from 'electron';
import type { Translate } from '../../shared/i18n/create-i18n.ts';
import type { ActFact, ActQuestion, FactName } from '../../shared/model/act-question.ts';
import { plainLine } from './plain-line.ts';

/** Facts that fit on one screen with their fingerprints. */
const MOST_FACTS = 5;
const LONGEST_VALUE = 300;
/** Facts whose values are words of the contract, and those words. */
const TERMED: ReadonlySet<FactName> = new Set(['scope', 'policy', 'keys']);
const TERMS = ['sign', 'timestamp', 'tls', 'soft', 'off', 'encryption', 'receipt'] as const;
const BACK = 0;
const CONFIRM = 1;

/**
 * Main's own question before the office trusts or reaches somebody else than before, drawn by the system: a page that has been taken over can neither draw over
 * it nor answer it. Escape and Enter both lead back. What does not fit into one question is asked in several, and counts when all were answered: what nobody was
 * shown nobody has confirmed.
 */
export async function confirmAct(
  window: BrowserWindow,
  translate: Translate,
  { act, subject, facts }: ActQuestion,
  signal: AbortSignal,
): Promise<boolean> {
  const pages = Math.max(1, Math.ceil(facts.length / MOST_FACTS));
  for (let page = 0; page < pages; page++) {
    const shown = facts.slice(page * MOST_FACTS, (page + 1) * MOST_FACTS);
    const place = pages === 1 ? [] : [translate('shell.ask.page', { n: page + 1, of: pages })];
    const { response } = await dialog.showMessageBox(window, {
      type: 'question',
      title: translate(`shell.ask.${act}.title`),
      message: translate(`shell.ask.${act}.message`, { subject: plainLine(subject) }),
      detail: [
        ...shown.flatMap((fact) => linesOf(translate, fact)),
        ...place,
        '',
        translate(`shell.ask.${act}.detail`, { subject: plainLine(subject) }),
      ].join('\n'),
      buttons: [translate('shell.ask.back'), translate(`shell.ask.${act}.verb`)],
      defaultId: BACK,
      cancelId: BACK,
      noLink: true,
      signal,
    });
    if (response !== CONFIRM) return false;
  }
  return true;
}

function linesOf(translate: Translate, { name, value, fingerprint }: ActFact): string[] {
  const term = TERMS.find((one) => TERMED.has(name) && one === value);
  const text = term === undefined ? plainLine(value, LONGEST_VALUE) : translate(`shell.ask.term.${term}`);
  const line = translate(`shell.ask.fact.${name}`, { value: text });
  return fingerprint === undefined ? [line] : [line, 'SHA-256', ...inGroups(fingerprint)];
}

/** As people read it to each other: groups of four, four of them to a line. */
function inGroups(fingerprint: string): string[] {
  const groups = fingerprint.toUpperCase().match(/.{4}/g) ?? [];
  return Array.from({ length: Math.ceil(groups.length / 4) }, (_, row) => groups.slice(row * 4, row * 4 + 4).join(' '));
}
