import { AppError, isAppError } from '../../shared/errors.ts';
import type { Address } from '../../shared/model/brand.ts';
import type { ByteSource } from '../files/bytes.ts';
import type { Mailbox, MailboxEntry, MailboxName } from './mailbox.ts';
import { MAILBOX_LIFE, type MailboxLife } from './mailbox-life.ts';
import { isMailboxName } from './mailbox-name.ts';
import type { RemoteStore, StoredFile } from './remote-store.ts';

/**
 * A mailbox in files (FORMAT.md, Mailbox): `<address>/new/<name>` holds what waits, `claimed/<name>.<holder>` what is being worked on, `tmp/<name>` what
 * is still being written. Any other name is a sync tool's or somebody's joke and is ignored.
 */
export function openLayoutMailbox(store: RemoteStore, life: MailboxLife = MAILBOX_LIFE): Mailbox {
  const folders = makeFoldersOnce(store);
  const place: Place = { store, folders, life, now: createClock(store) };
  return {
    put: async (address, name, source, signal) => put(store, folders, address, checked(name), source, signal),
    list: (address) => list(store, address),
    open: async (address, name) => openEntry(store, address, checked(name)),
    remove: async (address, name) => remove(store, address, checked(name)),
    claim: async (address, name, holder) => claim(place, address, checked(name), checked(holder)),
    release: async (address, name, holder) => {
      await store.move(inClaimed(address, checked(name), checked(holder)), inNew(address, name));
    },
    sweep: (address) => sweep(place, address),
    close: () => store.close(),
  };
}

const inNew = (address: Address, name: MailboxName): string => `${address}/new/${name}`;
const inClaimed = (address: Address, name: MailboxName, holder: MailboxName): string =>
  `${address}/claimed/${name}.${holder}`;

interface Place {
  readonly store: RemoteStore;
  readonly folders: Folders;
  readonly life: MailboxLife;
  /** By the store's clock. */
  readonly now: (address: Address) => Promise<number>;
}

/** Asked for once, when an age is wanted: from then on our own clock only counts on. */
function createClock(store: RemoteStore): Place['now'] {
  let offset: number | null = null;
  return async (address) => {
    offset ??= (await storeTime(store, address)) - performance.now();
    return offset + performance.now();
  };
}

/** A place that takes no file any more gives no date for one: our own clock must do, so that its owner can still empty it. */
async function storeTime(store: RemoteStore, address: Address): Promise<number> {
  try {
    return (await store.now(`${address}/tmp`)).getTime();
  } catch (error) {
    if (!isAppError(error) || (error.code !== 'ROUTE_FULL' && error.code !== 'ROUTE_READ_ONLY')) throw error;
    return Date.now();
  }
}

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
  { store, folders, life, now }: Place,
  address: Address,
  name: MailboxName,
  holder: MailboxName,
): Promise<boolean> {
  const target = inClaimed(address, name, holder);
  const claimed = (await store.list(`${address}/claimed`)).filter((file) => file.name.startsWith(`${name}.`));
  if (claimed.some((file) => `${address}/claimed/${file.name}` === target)) return true;
  await folders.make(address);
  const isStale = async ({ changedAt }: StoredFile) => (await now(address)) - changedAt.getTime() >= life.claim;
  const stale: StoredFile[] = [];
  for (const file of claimed) if (await isStale(file)) stale.push(file);
  for (const path of [inNew(address, name), ...stale.map((file) => `${address}/claimed/${file.name}`)]) {
    if (!(await store.move(path, target))) continue;
    await store.touch(target, async () => new Date(await now(address)));
    return true;
  }
  return false;
}

async function sweep({ store, life, now }: Place, address: Address): Promise<void> {
  for (const { name, modifiedAt } of await store.list(`${address}/tmp`)) {
    if ((await now(address)) - modifiedAt.getTime() >= life.partial) await store.remove(`${address}/tmp/${name}`);
  }
}

function checked(name: MailboxName): MailboxName {
  if (!isMailboxName(name)) throw new AppError('INTERNAL', { reason: 'mailbox name' });
  return name;
}
