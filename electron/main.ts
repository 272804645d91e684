/** Constructs and wires; what there is to decide is decided in the rooms below. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { app, protocol, screen, session } from 'electron';
import { usePrivateUmask } from './files/private-umask.ts';
import { createStderrLogger } from './log/stderr-logger.ts';
import { openOfficeWindow } from './shell/office-window.ts';
import { registerScheme, SCHEME } from './shell/own-scheme.ts';
import { refuseForAllPages, refuseNetwork, refusePermissions } from './shell/refuse-by-default.ts';
import { serveBundle } from './shell/serve-bundle.ts';
import { readWindowPlace } from './shell/window-place.ts';

usePrivateUmask();
registerScheme();
app.enableSandbox();

const log = createStderrLogger('warn');
const bundle = import.meta.dirname;

async function start(): Promise<void> {
  refuseForAllPages(log);
  refusePermissions(session.defaultSession, log);
  refuseNetwork(session.defaultSession, log);
  protocol.handle(SCHEME, (request) =>
    serveBundle(join(bundle, 'window'), request, () => randomBytes(16).toString('base64')),
  );
  const screens = screen.getAllDisplays().map(({ workArea }) => workArea);
  openOfficeWindow({
    preload: join(bundle, 'preload.cjs'),
    place: readWindowPlace(join(app.getPath('userData'), 'window.json'), screens),
    title: '律函 LexPost',
    background: '#f6f7f9',
  });
}

void app.whenReady().then(start);
