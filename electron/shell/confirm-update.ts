import { type BrowserWindow, dialog, shell } from 'electron';
import { AppError } from '../../shared/errors.ts';
import type { Translate } from '../../shared/i18n/create-i18n.ts';

const BACK = 0;
const OPEN = 1;

/** Main's own question: a page that has been taken over must not start an installer, however well that is signed. */
export async function confirmUpdate(
  window: BrowserWindow,
  translate: Translate,
  version: string,
  signal: AbortSignal,
): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    title: translate('shell.update.title'),
    message: translate('shell.update.message', { version }),
    detail: translate('shell.update.detail'),
    buttons: [translate('shell.update.back'), translate('shell.update.open')],
    defaultId: BACK,
    cancelId: BACK,
    noLink: true,
    signal,
  });
  return response === OPEN;
}

/** On Linux no program installs another by being opened: the file is shown, and the person's own tools take it. */
export async function openInstaller(platform: NodeJS.Platform, path: string): Promise<void> {
  if (platform === 'linux') return shell.showItemInFolder(path);
  if ((await shell.openPath(path)) !== '') throw new AppError('IO_ERROR');
}
