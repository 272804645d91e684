import { join } from 'node:path';
import type { ChannelKind } from '../../shared/model/channel-config.ts';
import { hasMailServer, startMailServer } from '../fixtures/servers/mail-server.ts';
import type { RunningServer } from '../fixtures/servers/processes.ts';
import { hasS3Server, startS3Server } from '../fixtures/servers/s3-server.ts';
import { hasSftpServer, startSftpServer } from '../fixtures/servers/sftp-server.ts';
import { makeTlsFiles } from '../fixtures/servers/tls-files.ts';
import { hasWebdavServer, startWebdavServer } from '../fixtures/servers/webdav-server.ts';

export type StartedPlace = RunningServer & { readonly config: unknown };

export interface TransportServer {
  readonly kind: ChannelKind;
  readonly isInstalled: boolean;
  /** `dir` is the test's own, with an empty folder `root`. */
  readonly start: (dir: string) => Promise<StartedPlace>;
}

/** Every transport with its real server. */
export const SERVERS: readonly TransportServer[] = [
  { kind: 'sftp', isInstalled: hasSftpServer, start: (dir) => startSftpServer(dir, join(dir, 'root')) },
  {
    kind: 'webdav',
    isInstalled: hasWebdavServer,
    start: (dir) => startWebdavServer(dir, join(dir, 'root'), makeTlsFiles(dir)),
  },
  { kind: 'mail', isInstalled: hasMailServer, start: (dir) => startMailServer(dir, makeTlsFiles(dir)) },
  { kind: 's3', isInstalled: hasS3Server, start: (dir) => startS3Server(dir, makeTlsFiles(dir)) },
];

/** No server at all: a folder that both offices reach. */
const FOLDER: TransportServer = {
  kind: 'folder',
  isInstalled: true,
  start: async (dir) => {
    const nothing = async (): Promise<void> => {};
    return { config: { root: join(dir, 'root') }, kill: nothing, start: nothing, stop: nothing };
  },
};

/** Every transport that there is. */
export const PLACES: readonly TransportServer[] = [FOLDER, ...SERVERS];
