import type { Mailbox } from '../../electron/exchange/mailbox.ts';
import type { ByteSource } from '../../electron/files/bytes.ts';
import type { OpenMailbox } from '../../electron/usecases/mailbox-pool.ts';
import { openMailbox } from '../../electron/usecases/open-mailbox.ts';
import { AppError } from '../../shared/errors.ts';
import type { Bytes } from '../../shared/model/brand.ts';
import type { ChannelKind, MailConfig, S3Config, SftpConfig, WebdavConfig } from '../../shared/model/channel-config.ts';
import { type CuttingProxy, type Direction, startCuttingProxy } from '../fixtures/servers/cutting-proxy.ts';

/** Between an office and the place of the mailboxes. A folder is a line of its own: what is read for it or from it counts as gone through. */
export interface Line {
  readonly config: unknown;
  /** For the context of the office whose line it is. */
  readonly openMailbox: OpenMailbox;
  readonly relayed: CuttingProxy['relayed'];
  readonly after: CuttingProxy['after'];
  /** Like `after`, at an offset in the package, wherever the attempt begins. */
  readonly at: (offset: Bytes, act: () => void) => void;
  readonly cut: () => void;
  readonly isCut: () => boolean;
  /** Puts the line up again; what is read from now on belongs to the next attempt. */
  readonly restore: () => void;
  /** Bytes of the package that an attempt, counted from 1, moved for good: no later one asked for them again. 0: what none of this process asked for. */
  readonly kept: (attempt: number) => Bytes;
  readonly attempt: () => number;
  readonly close: () => Promise<void>;
}

const BLOCK: Bytes = 4096;

/** @param size a source of at least so many bytes is the package whose way is followed */
export async function openLine(kind: ChannelKind, config: unknown, direction: Direction, size: Bytes): Promise<Line> {
  const proxies = kind === 'folder' ? [] : await Promise.all(portsOf(kind, config).map(startCuttingProxy));
  const proxy = proxies[0] ?? createFolderLine();
  const lastAsked = new Uint8Array(Math.ceil(size / BLOCK));
  let attempt = 1;
  let planned: { readonly offset: Bytes; readonly act: () => void } | null = null;
  const plan = (position: Bytes): void => {
    if (planned === null) return;
    const { offset, act } = planned;
    proxy.after(direction, proxy.relayed(direction) + Math.max(1, offset - position), () => {
      planned = null;
      act();
    });
    // What goes up is read ahead of the line, here by several parts at once; what comes down is asked for where it goes on, after a look at the header.
    if (direction === 'up') planned = null;
  };
  const watch = (source: ByteSource): ByteSource => {
    if (source.size < size) return source;
    return {
      ...source,
      read: async (target, position) => {
        plan(position);
        // A piece that the line swallowed half was not moved for good: only who asked last counts.
        lastAsked.fill(attempt, Math.floor(position / BLOCK), Math.ceil((position + target.length) / BLOCK));
        const got = await source.read(target, position);
        if ('pass' in proxy) proxy.pass(direction, got);
        return got;
      },
    };
  };
  return {
    config:
      kind === 'folder'
        ? config
        : throughPorts(
            kind,
            config,
            proxies.map(({ port }) => port),
          ),
    openMailbox: async (channel) => {
      const box = watchMailbox(await openMailbox(channel), direction, watch);
      if (kind !== 'folder') return box;
      const list: Mailbox['list'] = async (address) => {
        if (proxy.isCut()) throw new AppError('ROUTE_UNAVAILABLE', { reason: 'cut' });
        return box.list(address);
      };
      return { ...box, list };
    },
    relayed: proxy.relayed,
    after: proxy.after,
    at: (offset, act) => {
      planned = { offset, act };
    },
    cut: () => {
      for (const one of [proxy, ...proxies]) one.cut();
    },
    isCut: proxy.isCut,
    restore: () => {
      for (const one of [proxy, ...proxies]) one.restore();
      planned = null;
      attempt++;
    },
    kept: (number) => lastAsked.reduce((sum, asked) => sum + (asked === number ? BLOCK : 0), 0),
    attempt: () => attempt,
    close: async () => {
      for (const one of proxies) await one.close();
    },
  };
}

function watchMailbox(box: Mailbox, direction: Direction, watch: (source: ByteSource) => ByteSource): Mailbox {
  return {
    ...box,
    put: (address, name, source, signal) => box.put(address, name, direction === 'up' ? watch(source) : source, signal),
    open: async (address, name) => {
      const source = await box.open(address, name);
      return source === null || direction === 'up' ? source : watch(source);
    },
  };
}

type FolderLine = Omit<CuttingProxy, 'port' | 'close'> & { pass: (direction: Direction, bytes: Bytes) => void };

/** A share that goes away in the middle: nothing between us and a folder can be cut but our own reading. */
function createFolderLine(): FolderLine {
  const relayed: Record<Direction, Bytes> = { up: 0, down: 0 };
  let plan: { readonly direction: Direction; readonly bytes: Bytes; readonly act: () => void } | null = null;
  let isCut = false;
  return {
    relayed: (direction) => relayed[direction],
    after: (direction, bytes, act) => {
      plan = { direction, bytes, act };
    },
    cut: () => {
      isCut = true;
    },
    isCut: () => isCut,
    restore: () => {
      isCut = false;
      plan = null;
      relayed.up = 0;
      relayed.down = 0;
    },
    pass: (direction, bytes) => {
      relayed[direction] += bytes;
      if (plan?.direction === direction && relayed[direction] >= plan.bytes) {
        const { act } = plan;
        plan = null;
        act();
      }
      if (isCut) throw new AppError('ROUTE_UNAVAILABLE', { reason: 'cut' });
    },
  };
}

function portsOf(kind: ChannelKind, config: unknown): number[] {
  switch (kind) {
    case 'folder':
      return [];
    case 'sftp':
      return [(config as SftpConfig).port];
    case 'webdav':
      return [Number(new URL((config as WebdavConfig).url).port)];
    case 's3':
      return [Number(new URL((config as S3Config).endpoint).port)];
    case 'mail':
      return [(config as MailConfig).smtp.port, (config as MailConfig).imap.port];
  }
}

/** The same configuration, dialling other ports. */
export function throughPorts(kind: ChannelKind, config: unknown, [port = 0, second = 0]: readonly number[]): unknown {
  const at = (url: string): string => Object.assign(new URL(url), { port: String(port) }).href;
  switch (kind) {
    case 'folder':
      return config;
    case 'sftp':
      return { ...(config as SftpConfig), port };
    case 'webdav':
      return { ...(config as WebdavConfig), url: at((config as WebdavConfig).url) };
    case 's3':
      return { ...(config as S3Config), endpoint: at((config as S3Config).endpoint).replace(/\/$/, '') };
    case 'mail': {
      const { smtp, imap, ...rest } = config as MailConfig;
      return { ...rest, smtp: { ...smtp, port }, imap: { ...imap, port: second } };
    }
  }
}
