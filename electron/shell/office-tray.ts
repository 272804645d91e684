import { Menu, nativeImage, Tray } from 'electron';
import type { Translate } from '../../shared/i18n/create-i18n.ts';

export interface TrayOptions {
  readonly icon: string;
  readonly translate: Translate;
  readonly open: () => void;
  readonly lock: () => void;
  readonly quit: () => void;
}

/** The office's mark beside the clock. It says that the program runs and nothing of what it holds: anybody sees it. */
export function createTray({ icon, translate, open, lock, quit }: TrayOptions): Tray {
  const tray = new Tray(nativeImage.createFromPath(icon));
  tray.setToolTip(translate('window.title'));
  tray.setContextMenu(
    Menu.buildFromTemplate([
      { label: translate('shell.menu.open'), click: open },
      { label: translate('shell.menu.lock'), click: lock },
      { type: 'separator' },
      { label: translate('shell.menu.quit'), click: quit },
    ]),
  );
  tray.on('click', open);
  return tray;
}
