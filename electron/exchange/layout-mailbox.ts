import { AppError } from '../../shared/errors.ts';
import type { Address, Milliseconds } from '../../shared/model/brand.ts';
import type { ByteSource } from '../files/bytes.ts';
import type { Mailbox, MailboxEntry, MailboxName } from './mailbox.ts';
import { isMailboxName } from './mailbox-name.ts';
import type { RemoteStore } from './remote-store.ts';

/** A claim older than this is void: its holder has died or lost the route. */
const CLAIM_LIFE: Milliseconds = 15 * 60_000;
/** Pieces of a put that ended half-way are swept by the owner after this. */
const PARTIAL_LIFE: Milliseconds = 7 * 24 * 3600_000;

/**
 * A mailbox in files (FORMAT.md, Mailbox): `<address>/new/<name>` holds what waits, `claimed/<name>.<holder>` what is being worked on, `tmp/<name>` what
 * is still being written. Any other name is a sync tool's or somebody's joke and is ignored.
 */
export function openLayoutMailbox(store: RemoteStore): Mailbox {
  const folders = makeFoldersOnce(store);
  return {
    put: async (address, name, source, signal) => put(store, folders, address, checked(name), source, signal),
    list: (address) => list(store, address),
    open: async (address, name) => openEntry(store, address, checked(name)),
    remove: async (address, name) => remove(store, address, checked(name)),
    claim: async (address, name, holder, now) => claim(store, folders, address, checked(name), checked(holder), now),
    release: async (address, name, holder) => {
      await store.move(inClaimed(address, checked(name), checked(holder)), inNew(address, name));
    },
    sweep: (address, now) => sweep(store, address, now),
    close: () => store.close(),
  };
}

const inNew = (address: Address, name: MailboxName): string => `${address}/new/${name}`;
const inClaimed = (address: Address, name: MailboxName, holder: MailboxName): string =>
  `${address}/claimed/${name}.${holder}`;

interface Folders {
  readonly make: (address: Address) => Promise<void>;
  /** Somebody may have cleared them away. */
  readonly forget: (address: Address) => void;
}

function makeFoldersOnce(store: RemoteStore): Folders {
  const made = new Set<Address>();
  return {
    make: async (address) => {
      if (made.has(address)) return;
      for (const part of ['tmp', 'new', 'claimed']) await store.makeFolder(`${address}/${part}`);
      made.add(address);
    },
    forget: (address) => void made.delete(address),
  };
}

async function put(
  store: RemoteStore,
  folders: Folders,
  address: Address,
  name: MailboxName,
  source: ByteSource,
  signal: AbortSignal | undefined,
): Promise<void> {
  const present = (await entriesOf(store, address)).find((entry) => entry.name === name);
  if (present?.size === source.size) return;
  await folders.make(address);
  const partial = `${address}/tmp/${name}`;
  try {
    await store.upload(partial, source, signal);
    if (!(await store.move(partial, inNew(address, name))))
      throw new AppError('ROUTE_UNAVAILABLE', { reason: 'moved' });
  } catch (error) {
    folders.forget(address);
    throw error;
  }
}

async function list(store: RemoteStore, address: Address): Promise<MailboxEntry[]> {
  const entries = await entriesOf(store, address);
  return entries
    .map(({ name, size, modifiedAt, holder }): MailboxEntry => ({ name, size, modifiedAt, holder }))
    .sort((a, b) => a.modifiedAt.getTime() - b.modifiedAt.getTime() || (a.name < b.name ? -1 : 1));
}

interface Entry extends MailboxEntry {
  readonly path: string;
  readonly changedAt: Date;
}

async function entriesOf(store: RemoteStore, address: Address): Promise<Entry[]> {
  const found = new Map<MailboxName, Entry>();
  for (const part of ['claimed', 'new'] as const) {
    for (const { name: file, size, modifiedAt, changedAt } of await store.list(`${address}/${part}`)) {
      const [name, holder, ...rest] = file.split('.');
      const shaped = part === 'new' ? holder === undefined : holder !== undefined && isMailboxName(holder);
      if (name === undefined || !isMailboxName(name) || !shaped || rest.length > 0) continue;
      const path = `${address}/${part}/${file}`;
      found.set(name, { name, size, modifiedAt, changedAt, holder: holder ?? null, path });
    }
  }
  return [...found.values()];
}

/** Where an entry may lie: as new, and as claimed by whomever. */
async function pathsOf(store: RemoteStore, address: Address, name: MailboxName): Promise<string[]> {
  const claimed = (await store.list(`${address}/claimed`)).filter((file) => file.name.startsWith(`${name}.`));
  return [inNew(address, name), ...claimed.map((file) => `${address}/claimed/${file.name}`)];
}

async function openEntry(store: RemoteStore, address: Address, name: MailboxName): Promise<ByteSource | null> {
  for (const path of await pathsOf(store, address, name)) {
    const source = await store.open(path);
    if (source !== null) return source;
  }
  return null;
}

async function remove(store: RemoteStore, address: Address, name: MailboxName): Promise<void> {
  for (const path of await pathsOf(store, address, name)) await store.remove(path);
}

async function claim(
  store: RemoteStore,
  folders: Folders,
  address: Address,
  name: MailboxName,
  holder: MailboxName,
  now: Date,
): Promise<boolean> {
  const target = inClaimed(address, name, holder);
  const claimed = (await store.list(`${address}/claimed`)).filter((file) => file.name.startsWith(`${name}.`));
  if (claimed.some((file) => `${address}/claimed/${file.name}` === target)) return true;
  await folders.make(address);
  const stale = claimed.filter((file) => now.getTime() - file.changedAt.getTime() >= CLAIM_LIFE);
  for (const path of [inNew(address, name), ...stale.map((file) => `${address}/claimed/${file.name}`)]) {
    if (!(await store.move(path, target))) continue;
    await store.touch(target, now);
    return true;
  }
  return false;
}

async function sweep(store: RemoteStore, address: Address, now: Date): Promise<void> {
  for (const { name, modifiedAt } of await store.list(`${address}/tmp`)) {
    if (now.getTime() - modifiedAt.getTime() > PARTIAL_LIFE) await store.remove(`${address}/tmp/${name}`);
  }
}

function checked(name: MailboxName): MailboxName {
  if (!isMailboxName(name)) throw new AppError('INTERNAL', { reason: 'mailbox name' });
  return name;
}
