import { type BrowserWindow, dialog, type FileFilter, type OpenDialogOptions } from 'electron';
import type { Translate } from '../../shared/i18n/create-i18n.ts';
import type { FILE_PURPOSES, FOLDER_PURPOSES } from '../../shared/ipc/channels/app.ts';

export type FilePurpose = (typeof FILE_PURPOSES)[number];
export type FolderPurpose = (typeof FOLDER_PURPOSES)[number];

/** What a dialog offers first; every file can be chosen still, for endings say little. */
const EXTENSIONS: Readonly<Partial<Record<FilePurpose, readonly string[]>>> = {
  identity: ['p12', 'pfx'],
  certificates: ['pem', 'cer', 'crt', 'der', 'p7b'],
  'revocation-list': ['crl', 'pem', 'der'],
  verify: ['p7m', 'asice', 'p7s', 'zip'],
  update: ['lexpost-update'],
};

/** @returns the paths chosen; none where the dialog was closed */
export async function chooseFiles(
  window: BrowserWindow,
  translate: Translate,
  purpose: FilePurpose,
  several: boolean,
): Promise<string[]> {
  const extensions = EXTENSIONS[purpose];
  const all: FileFilter = { name: translate('shell.dialog.allFiles'), extensions: ['*'] };
  const title = translate(`shell.dialog.${purpose}`);
  const filters = extensions === undefined ? [all] : [{ name: title, extensions: [...extensions] }, all];
  const properties: OpenDialogOptions['properties'] = several ? ['openFile', 'multiSelections'] : ['openFile'];
  const chosen = await dialog.showOpenDialog(window, {
    title,
    filters,
    properties: [...properties, 'dontAddToRecent'],
  });
  return chosen.canceled ? [] : chosen.filePaths;
}

export async function chooseFolder(
  window: BrowserWindow,
  translate: Translate,
  purpose: FolderPurpose,
): Promise<string | null> {
  const chosen = await dialog.showOpenDialog(window, {
    title: translate(`shell.dialog.${purpose}`),
    properties: ['openDirectory', 'createDirectory', 'dontAddToRecent'],
  });
  return chosen.canceled ? null : (chosen.filePaths[0] ?? null);
}

export async function chooseTarget(
  window: BrowserWindow,
  translate: Translate,
  suggestedName: string,
): Promise<string | null> {
  const chosen = await dialog.showSaveDialog(window, {
    title: translate('shell.dialog.save'),
    defaultPath: suggestedName,
    properties: ['showOverwriteConfirmation', 'createDirectory', 'dontAddToRecent'],
  });
  return chosen.canceled || chosen.filePath === '' ? null : chosen.filePath;
}
