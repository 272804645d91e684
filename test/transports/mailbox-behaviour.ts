import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { Mailbox, MailboxEntry } from '../../electron/exchange/mailbox.ts';
import type { MailboxLife } from '../../electron/exchange/mailbox-life.ts';
import { randomMailboxName } from '../../electron/exchange/mailbox-name.ts';
import { type ByteSource, bufferSource, readRange } from '../../electron/files/bytes.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import type { Address } from '../../shared/model/brand.ts';
import type { RunningServer } from '../fixtures/servers/processes.ts';

const MIB = 1024 * 1024;
const DAY = 24 * 3600_000;

export interface Setup {
  readonly server: RunningServer;
  /** A client of its own each time. */
  readonly open: (life?: MailboxLife) => Mailbox;
  /** Bytes; the largest package that the transport takes. */
  readonly largest?: number;
  /** Whether a put that was cut goes on where it stopped. */
  readonly resumes?: boolean;
}

/** Bytes a second, and what is sent at them. */
const BANDWIDTH = 12 * MIB;
const PACED = 24 * MIB;

/** A limit is kept however fast the server is; a slow one only sends less. */
export function describePace(open: (bandwidth: number) => Mailbox): void {
  test('a put hands its transport no more bytes than the bandwidth has given so far', async () => {
    const box = open(BANDWIDTH);
    const inner = bufferSource(randomBytes(PACED));
    const handed: { readonly after: number; readonly before: number }[] = [];
    let sum = 0;
    const begun = performance.now();
    const source: ByteSource = {
      ...inner,
      read: async (target, position) => {
        handed.push({ after: performance.now() - begun, before: sum });
        sum += target.length;
        return inner.read(target, position);
      },
    };
    await box.put(randomMailboxName(), randomMailboxName(), source);
    await box.close();
    expect(sum).toBe(PACED);
    // A timer counts whole milliseconds and may leave the rest out.
    for (const { after, before } of handed) expect(before).toBeLessThanOrEqual((BANDWIDTH * (after + 2)) / 1000);
  });
}

/** What every transport must do, against its real server. */
export function describeMailbox(setup: () => Setup): void {
  test('what was put is listed, read by range and gone after removal', async () => {
    await withBox(setup, async (box) => {
      const [address, name, bytes] = [randomMailboxName(), randomMailboxName(), randomBytes(300_000)];
      await box.put(address, name, bufferSource(bytes));
      const [entry] = await arrived(box, address);
      expect([entry?.name, (entry?.size ?? 0) >= bytes.length]).toEqual([name, true]);
      const source = await box.open(address, name);
      if (source === null) throw new Error('not there');
      expect(source.size).toBe(bytes.length);
      expect(await readRange(source, 1000, 5000)).toEqual(bytes.subarray(1000, 6000));
      expect(await readRange(source, 0, bytes.length)).toEqual(bytes);
      expect(await readRange(source, bytes.length - 3, 10)).toEqual(bytes.subarray(-3));
      await source.close();
      await box.remove(address, name);
      await box.remove(address, name);
      expect([await box.list(address), await box.open(address, name)]).toEqual([[], null]);
    });
  });

  test('an address that nobody wrote to yet is empty, not an error', async () => {
    await withBox(setup, async (box) => {
      expect(await box.list(randomMailboxName())).toEqual([]);
      expect(await box.open(randomMailboxName(), randomMailboxName())).toBeNull();
      await box.sweep(randomMailboxName());
    });
  });

  test('putting the same name again leaves one entry, even while it is claimed', async () => {
    await withBox(setup, async (box) => {
      const [address, name, me] = [randomMailboxName(), randomMailboxName(), randomMailboxName()];
      const put = () => box.put(address, name, bufferSource(Buffer.from('sealed')));
      await put();
      await put();
      expect(await arrived(box, address)).toHaveLength(1);
      expect(await box.claim(address, name, me)).toBe(true);
      await put();
      expect(await box.list(address)).toHaveLength(1);
    });
  });

  test('of eight clients that claim one entry at once, one wins; who holds it holds it', async () => {
    const boxes = Array.from({ length: 8 }, () => setup().open());
    const [first] = boxes;
    const [address, name] = [randomMailboxName(), randomMailboxName()];
    await first?.put(address, name, bufferSource(Buffer.from('one')));
    if (first !== undefined) await arrived(first, address);
    const holders = boxes.map(() => randomMailboxName());
    const won = await Promise.all(boxes.map((box, index) => box.claim(address, name, holders[index] ?? '')));
    // A transport without holders (mail) gives one mailbox to one office: later claims of it are its own.
    expect(won.filter(Boolean).length).toBeGreaterThanOrEqual(1);
    const winner = won.indexOf(true);
    expect(await boxes[winner]?.claim(address, name, holders[winner] ?? '')).toBe(true);
    await boxes[winner]?.release(address, name, holders[winner] ?? '');
    expect(await first?.claim(address, name, holders[0] ?? '')).toBe(true);
    expect(await first?.claim(address, randomMailboxName(), holders[0] ?? '')).toBe(false);
    await Promise.all(boxes.map((box) => box.close()));
  });

  test.each([-10, 10])(
    'claims and half-written files last as long as the server’s clock says, though ours is %i days off',
    async (days) => {
      const { largest = 48 * MIB, open, resumes } = setup();
      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + days * DAY });
      onTestFinished(() => void vi.useRealTimers());
      const [fresh, over] = [open(), open({ claim: 0, partial: 0 })];
      const [address, name, me, other] = [0, 0, 0, 0].map(() => randomMailboxName()) as [Address, ...string[]];
      const bytes = randomBytes(Math.min(largest, 48 * MIB));
      await fresh.put(address, name ?? '', bufferSource(Buffer.from('one')));
      await arrived(fresh, address);
      expect(await fresh.claim(address, name ?? '', me ?? '')).toBe(true);
      // Mail has no holders and no halves.
      if (resumes !== false) {
        expect(await fresh.claim(address, name ?? '', other ?? '')).toBe(false);
        const cut = cutAt(bytes, bytes.length * 0.8);
        const half = randomMailboxName();
        await expect(fresh.put(address, half, cut.source, cut.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
        await fresh.sweep(address);
        const kept = countReads(bytes);
        const again = cutAt(bytes, bytes.length * 0.9, kept.source);
        await expect(fresh.put(address, half, again.source, again.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
        expect(kept.read()).toBeLessThan(bytes.length * 0.8);
        await over.sweep(address);
        const swept = countReads(bytes);
        await fresh.put(address, half, swept.source);
        expect(swept.read()).toBe(bytes.length);
        expect(await over.claim(address, name ?? '', other ?? '')).toBe(true);
      }
      await Promise.all([fresh, over].map((box) => box.close()));
    },
  );

  test('twenty entries are all listed', async () => {
    await withBox(setup, async (box) => {
      const address = randomMailboxName();
      const names = Array.from({ length: 20 }, () => randomMailboxName());
      for (const name of names) await box.put(address, name, bufferSource(Buffer.from(name)));
      expect(new Set((await arrived(box, address, names.length)).map(({ name }) => name))).toEqual(new Set(names));
    });
  });

  test('a large package arrives whole, and a cut put goes on without sending more than one part again', async () => {
    const { largest = 100 * MIB, open } = setup();
    const [address, name] = [randomMailboxName(), randomMailboxName()];
    const bytes = randomBytes(largest);
    for (const share of [0.2, 0.55, 0.9]) {
      const box = open();
      const cut = cutAt(bytes, Math.floor(largest * share));
      await expect(box.put(address, name, cut.source, cut.signal)).rejects.toMatchObject({ code: 'CANCELLED' });
      expect(await box.list(address), 'half a package is never listed').toEqual([]);
      await box.close();
    }
    await withBox(setup, async (box) => {
      const counted = countReads(bytes);
      await box.put(address, name, counted.source);
      if (setup().resumes !== false) expect(counted.read()).toBeLessThanOrEqual(largest * 0.1 + 2 * 32 * MIB);
      await arrived(box, address);
      const source = await box.open(address, name);
      if (source === null) throw new Error('not there');
      expect(await digestOf(source)).toBe(createHash('sha256').update(bytes).digest('hex'));
      await source.close();
      await box.remove(address, name);
    });
  });

  test('a server that is killed in the middle of a put and a read is a route that is down; afterwards all goes on', async () => {
    const { largest = 100 * MIB, open, server } = setup();
    const [address, name] = [randomMailboxName(), randomMailboxName()];
    const bytes = randomBytes(largest);
    const box = open();
    const killing = killAt(bytes, Math.floor(largest * 0.5), server);
    // A mail is read whole before it is sent.
    const early = setup().resumes === false ? server.kill() : null;
    await early;
    await expect(box.put(address, name, killing.source)).rejects.toMatchObject({
      code: expect.stringMatching(/^ROUTE_(UNAVAILABLE|SERVER_NOT_TRUSTED|MISBEHAVES)$/),
    });
    await (early ?? killing.killed);
    await expect(box.list(address)).rejects.toMatchObject({ code: 'ROUTE_UNAVAILABLE' });
    await server.start();
    await box.put(address, name, bufferSource(bytes));
    await arrived(box, address);
    const source = await box.open(address, name);
    if (source === null) throw new Error('not there');
    expect(await digestOf(source)).toBe(createHash('sha256').update(bytes).digest('hex'));
    await source.close();
    await box.close();
  });
}

export function refusedBy(what: string, code: ErrorCode, open: () => Mailbox): void {
  test(`${what} is ${code}, and nothing is put or listed`, async () => {
    const box = open();
    await expect(box.list(randomMailboxName())).rejects.toMatchObject({ code });
    await expect(
      box.put(randomMailboxName(), randomMailboxName(), bufferSource(Buffer.from('sealed'))),
    ).rejects.toMatchObject({ code });
    await box.close();
  });
}

/** Reading goes, writing does not. */
export function expectCode(what: string, code: ErrorCode, open: () => Mailbox, size = 1000): void {
  test(`${what} is ${code} on putting`, async () => {
    const box = open();
    const put = box.put(randomMailboxName(), randomMailboxName(), bufferSource(randomBytes(size)));
    await expect(put).rejects.toMatchObject({ code });
    await box.close();
  });
}

/** Mail takes its time from the server that took it to the box. */
export async function arrived(box: Mailbox, address: Address, count = 1): Promise<MailboxEntry[]> {
  for (let tries = 0; tries < 200; tries++) {
    const entries = await box.list(address);
    if (entries.length >= count) return entries;
    await sleep(100);
  }
  throw new Error(`nothing arrived at ${address}`);
}

async function withBox(setup: () => Setup, task: (box: Mailbox) => Promise<void>): Promise<void> {
  const box = setup().open();
  try {
    await task(box);
  } finally {
    await box.close();
  }
}

async function digestOf(source: ByteSource): Promise<string> {
  const hash = createHash('sha256');
  for (let position = 0; position < source.size; ) {
    const chunk = await readRange(source, position, MIB);
    hash.update(chunk);
    position += chunk.length;
  }
  return hash.digest('hex');
}

function countReads(bytes: Buffer): { source: ByteSource; read: () => number } {
  const inner = bufferSource(bytes);
  let total = 0;
  return {
    source: {
      ...inner,
      read: async (target, position) => {
        const got = await inner.read(target, position);
        total += got;
        return got;
      },
    },
    read: () => total,
  };
}

/** Cancels once the byte at `at` is asked for. */
function cutAt(bytes: Buffer, at: number, inner = bufferSource(bytes)): { source: ByteSource; signal: AbortSignal } {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    source: {
      ...inner,
      read: async (target, position) => {
        if (position + target.length > at) controller.abort();
        return inner.read(target, position);
      },
    },
  };
}

function killAt(bytes: Buffer, at: number, server: RunningServer): { source: ByteSource; killed: Promise<void> } {
  const inner = bufferSource(bytes);
  let kill: Promise<void> | null = null;
  const { promise: killed, resolve } = Promise.withResolvers<void>();
  return {
    killed,
    source: {
      ...inner,
      read: async (target, position) => {
        if (position >= at && kill === null) {
          kill = server.kill();
          kill.then(resolve, resolve);
        }
        return inner.read(target, position);
      },
    },
  };
}
