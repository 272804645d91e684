import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorCode } from '../../shared/errors.ts';
import type { ChannelKind, MailConfig, S3Config, SftpConfig, WebdavConfig } from '../../shared/model/channel-config.ts';
import { type MailServer, QUOTA } from '../fixtures/servers/mail-server.ts';
import { runCommand } from '../fixtures/servers/processes.ts';
import type { S3Server } from '../fixtures/servers/s3-server.ts';
import type { SftpServer } from '../fixtures/servers/sftp-server.ts';
import type { WebdavServer } from '../fixtures/servers/webdav-server.ts';
import { smallFileSystem } from '../fixtures/small-file-system.ts';
import type { StartedPlace } from './servers.ts';

/** Something that is wrong with a server or with what we know of it. */
export interface Fault {
  readonly name: string;
  readonly code: ErrorCode;
  readonly reason?: string;
  /** What an office that polls over it sees: that the route is down, or nothing of it. */
  readonly polling: 'down' | 'works';
  readonly skip?: boolean;
  /** The configuration that meets it. `dir` is the test's own, with the server's `root`. */
  readonly meet: (server: StartedPlace, dir: string) => unknown;
}

/** Nobody listens there. */
const DISCARD = 9;
const OTHER_HOST_KEY = `SHA256:${'A'.repeat(43)}`;
const small = smallFileSystem();

const refused = (
  name: string,
  code: ErrorCode,
  meet: Fault['meet'],
  more: Partial<Pick<Fault, 'reason' | 'skip' | 'polling'>> = {},
): Fault => ({ name, code, polling: 'down', meet, ...more });

/** Reading goes, writing does not. */
const writing = (name: string, code: ErrorCode, meet: Fault['meet'], skip = false): Fault => ({
  name,
  code,
  polling: 'works',
  skip,
  meet,
});

/** A folder below the root on a disk of its own that is too small for a package. */
function fullFolder(dir: string): string {
  const path = join(dir, 'root', 'full');
  mkdirSync(path, { recursive: true });
  small?.mount(64 * 1024, path);
  return path;
}

function frozenFolder(dir: string): string {
  const path = join(dir, 'root', 'frozen');
  mkdirSync(path, { recursive: true });
  small?.mount(64 * 1024 * 1024, path);
  small?.freeze(path);
  return path;
}

const folder: readonly Fault[] = [
  refused('a folder that is gone', 'ROUTE_UNAVAILABLE', (_, dir) => ({ root: join(dir, 'nowhere') })),
  writing(
    'a folder that lets nobody write',
    'ROUTE_READ_ONLY',
    (_, dir) => ({ root: frozenFolder(dir) }),
    small === null,
  ),
  writing('a full folder', 'ROUTE_FULL', (_, dir) => ({ root: fullFolder(dir) }), small === null),
];

const sftpOf = (server: StartedPlace, changes: Partial<SftpConfig>): SftpConfig => ({
  ...(server as SftpServer).config,
  ...changes,
});

const sftp: readonly Fault[] = [
  refused('a server that is away', 'ROUTE_UNAVAILABLE', (server) => sftpOf(server, { port: DISCARD })),
  refused('another host key', 'ROUTE_SERVER_NOT_TRUSTED', (server) => sftpOf(server, { hostKey: OTHER_HOST_KEY }), {
    reason: 'host-key',
  }),
  refused('a wrong password', 'ROUTE_LOGIN_REFUSED', (server) => {
    const { privateKey: _, ...rest } = (server as SftpServer).config;
    return { ...rest, password: 'wrong' };
  }),
  writing('a server that lets nobody write', 'ROUTE_READ_ONLY', (server) =>
    sftpOf(server, { port: (server as SftpServer).readOnlyPort }),
  ),
  writing('a full server', 'ROUTE_FULL', (server, dir) => sftpOf(server, { root: fullFolder(dir) }), small === null),
];

const webdavOf = (server: StartedPlace, changes: Partial<WebdavConfig>): WebdavConfig => ({
  ...(server as WebdavServer).config,
  ...changes,
});

const webdav: readonly Fault[] = [
  refused('a server that is away', 'ROUTE_UNAVAILABLE', (server) =>
    webdavOf(server, { url: `https://localhost:${DISCARD}/` }),
  ),
  refused(
    'an expired certificate',
    'ROUTE_SERVER_NOT_TRUSTED',
    (server) => webdavOf(server, { url: (server as WebdavServer).expiredUrl }),
    { reason: 'certificate-expired' },
  ),
  refused('a wrong password', 'ROUTE_LOGIN_REFUSED', (server) => webdavOf(server, { password: 'wrong' })),
  writing('a server that lets nobody write', 'ROUTE_READ_ONLY', (server) =>
    webdavOf(server, { url: (server as WebdavServer).readOnlyUrl }),
  ),
  writing(
    'a full server',
    'ROUTE_FULL',
    (server, dir) => {
      runCommand('chown', ['www-data:www-data', fullFolder(dir)]);
      return webdavOf(server, { url: `${(server as WebdavServer).config.url}full/` });
    },
    small === null,
  ),
];

const s3Of = (server: StartedPlace, changes: Partial<S3Config>): S3Config => ({
  ...(server as S3Server).config,
  ...changes,
});

const s3: readonly Fault[] = [
  refused('a server that is away', 'ROUTE_UNAVAILABLE', (server) =>
    s3Of(server, { endpoint: `https://localhost:${DISCARD}` }),
  ),
  refused(
    'an expired certificate',
    'ROUTE_SERVER_NOT_TRUSTED',
    (server) => s3Of(server, { endpoint: (server as S3Server).expiredEndpoint }),
    { reason: 'certificate-expired' },
  ),
  refused('a wrong secret', 'ROUTE_LOGIN_REFUSED', (server) => s3Of(server, { secretAccessKey: 'wrong' })),
  // Its key may not even list here: Ceph knows no key that may read another's bucket and not write to it.
  refused('a server that lets nobody write', 'ROUTE_READ_ONLY', (server) =>
    s3Of(server, (server as S3Server).readOnlyKeys),
  ),
  writing('a full server', 'ROUTE_FULL', (server) => s3Of(server, (server as S3Server).fullKeys)),
];

type MailPart = Partial<MailConfig['smtp']>;
const mailOf = (server: StartedPlace, smtp: MailPart, imap: MailPart = {}): MailConfig => {
  const { config } = server as MailServer;
  return { ...config, smtp: { ...config.smtp, ...smtp }, imap: { ...config.imap, ...imap } };
};

const mail: readonly Fault[] = [
  refused('a server that is away', 'ROUTE_UNAVAILABLE', (server) =>
    mailOf(server, { port: DISCARD }, { port: DISCARD }),
  ),
  refused('an expired certificate', 'ROUTE_SERVER_NOT_TRUSTED', (server) => (server as MailServer).expiredConfig, {
    reason: 'certificate-expired',
  }),
  refused('a wrong password', 'ROUTE_LOGIN_REFUSED', (server) =>
    mailOf(server, { password: 'wrong' }, { password: 'wrong' }),
  ),
  writing('a server that takes no mail for the recipient', 'ROUTE_READ_ONLY', (server) => ({
    ...(server as MailServer).config,
    to: 'box@elsewhere.test',
  })),
  writing('a full server', 'ROUTE_FULL', (server) => mailOf(server, { port: (server as MailServer).fullPort })),
  writing('a full box at a server that has room', 'ROUTE_FULL', (server) => {
    const { config, smallConfig, smallMaildir } = server as MailServer;
    mkdirSync(join(smallMaildir, 'new'), { recursive: true });
    writeFileSync(join(smallMaildir, 'new', 'full'), `Subject: full\n\n${'full\n'.repeat(QUOTA / 4)}`);
    runCommand('chown', ['-R', 'Debian-exim:Debian-exim', smallMaildir]);
    return { ...config, to: smallConfig.to };
  }),
];

export const FAULTS: Readonly<Record<ChannelKind, readonly Fault[]>> = { folder, sftp, webdav, s3, mail };
