import { type BrowserWindow, dialog } from 'electron';
import type { Translate } from '../../shared/i18n/create-i18n.ts';
import { procedureText } from '../../shared/procedures/procedure-text.ts';
import { plainLine } from './plain-line.ts';

export interface SigningQuestion {
  readonly signer: string;
  readonly items: readonly {
    readonly title: string;
    /** The act by its id, and the procedure whose words name it. */
    readonly act: string;
    readonly procedure: string;
    readonly recipients: readonly string[];
    readonly documents: number;
  }[];
}

/** More lines than this fit on no screen. */
const MOST_LINES = 12;
const BACK = 0;
const SIGN = 1;

/**
 * Main's own question before anything is signed, drawn by the system: a page that has been taken over can neither draw over it nor answer it. Escape and Enter
 * both lead back.
 */
export async function confirmSigning(
  window: BrowserWindow,
  translate: Translate,
  { signer, items }: SigningQuestion,
  signal: AbortSignal,
): Promise<boolean> {
  const lines = items.slice(0, MOST_LINES).map(({ title, act, procedure, recipients, documents }) =>
    translate('shell.signing.item', {
      title: plainLine(title),
      act: procedureText(translate, procedure, 'acts', act),
      documents,
      recipients: plainLine(recipients.join('、')),
    }),
  );
  const rest = items.length - lines.length;
  if (rest > 0) lines.push(translate('shell.signing.more', { count: rest }));
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    title: translate('shell.signing.title'),
    message: translate('shell.signing.message', { signer: plainLine(signer), count: items.length }),
    detail: [...lines, '', translate('shell.signing.detail')].join('\n'),
    buttons: [translate('shell.signing.back'), translate('shell.signing.sign')],
    defaultId: BACK,
    cancelId: BACK,
    noLink: true,
    signal,
  });
  return response === SIGN;
}
