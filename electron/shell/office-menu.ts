import type { MenuItemConstructorOptions } from 'electron';
import type { Translate } from '../../shared/i18n/create-i18n.ts';
import type { EventOf } from '../../shared/ipc/contract.ts';

export type WindowCommand = EventOf<'app:command-chosen'>['command'];

export interface MenuOptions {
  readonly platform: NodeJS.Platform;
  readonly translate: Translate;
  readonly choose: (command: WindowCommand) => void;
}

type Item = MenuItemConstructorOptions;

/**
 * The menu of the program, with the keys of the window beside what they do. The window hears those keys itself (`registerAccelerator: false`), or a key would
 * act twice; on macOS, where the menu takes them first, it only hears what was chosen.
 */
export function createMenu({ platform, translate: t, choose }: MenuOptions): Item[] {
  const isMac = platform === 'darwin';
  const command = (label: string, name: WindowCommand, accelerator?: string): Item => ({
    label,
    click: () => choose(name),
    ...(accelerator === undefined ? {} : { accelerator, registerAccelerator: isMac }),
  });
  const line: Item = { type: 'separator' };
  const quit: Item = { label: t('shell.menu.quit'), role: 'quit' };
  const settings = command(t('shell.menu.settings'), 'settings', 'CmdOrCtrl+,');
  const about = command(t('shell.menu.about'), 'about');
  return [
    ...(isMac
      ? [
          {
            label: t('window.product'),
            submenu: [about, line, settings, line, { label: t('shell.menu.hide'), role: 'hide' as const }, quit],
          },
        ]
      : []),
    {
      label: t('shell.menu.file'),
      submenu: [
        command(t('shell.menu.newRequest'), 'new-request', 'CmdOrCtrl+N'),
        command(t('shell.menu.sync'), 'sync'),
        command(t('shell.menu.print'), 'print', 'CmdOrCtrl+P'),
        line,
        command(t('shell.menu.lock'), 'lock', 'CmdOrCtrl+L'),
        ...(isMac ? [] : [settings, line, quit]),
      ],
    },
    {
      label: t('shell.menu.edit'),
      submenu: [
        { label: t('shell.menu.undo'), role: 'undo' },
        { label: t('shell.menu.redo'), role: 'redo' },
        line,
        { label: t('shell.menu.cut'), role: 'cut' },
        { label: t('shell.menu.copy'), role: 'copy' },
        { label: t('shell.menu.paste'), role: 'paste' },
        { label: t('shell.menu.selectAll'), role: 'selectAll' },
        line,
        command(t('shell.menu.find'), 'search', 'CmdOrCtrl+K'),
      ],
    },
    {
      label: t('shell.menu.view'),
      submenu: [
        { label: t('shell.menu.actualSize'), role: 'resetZoom' },
        { label: t('shell.menu.zoomIn'), role: 'zoomIn' },
        { label: t('shell.menu.zoomOut'), role: 'zoomOut' },
        line,
        { label: t('shell.menu.fullScreen'), role: 'togglefullscreen' },
      ],
    },
    { label: t('shell.menu.go'), submenu: createPlaces(t, command) },
    ...(isMac
      ? [{ label: t('shell.menu.window'), submenu: [{ label: t('shell.menu.minimize'), role: 'minimize' as const }] }]
      : []),
    {
      label: t('shell.menu.help'),
      submenu: [command(t('shell.menu.keys'), 'keys'), ...(isMac ? [] : [about])],
    },
  ];
}

/** The rail, in its order. */
function createPlaces(t: Translate, command: (label: string, name: WindowCommand, key: string) => Item): Item[] {
  return [
    command(t('shell.menu.home'), 'home', 'CmdOrCtrl+1'),
    command(t('shell.menu.matters'), 'matters', 'CmdOrCtrl+2'),
    command(t('shell.menu.inbox'), 'inbox', 'CmdOrCtrl+3'),
    command(t('shell.menu.folder'), 'signature-folder', 'CmdOrCtrl+4'),
    command(t('shell.menu.directory'), 'directory', 'CmdOrCtrl+5'),
    command(t('shell.menu.verify'), 'verify', 'CmdOrCtrl+6'),
  ];
}
