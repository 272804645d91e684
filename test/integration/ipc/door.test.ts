import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { CHANNELS, type ChannelName, PRELOAD_CHANNELS } from '../../../shared/ipc/contract.ts';
import { type DeskDoor, openDeskDoor, secretOf } from '../../fixtures/desk-door.ts';
import { OFFICES } from '../../fixtures/exchange-lab.ts';
import { malformedRequests, sampleOf } from '../../fixtures/malformed-requests.ts';

/** What a window that somebody took over can send: every channel of the contract, against a real vault. */

const ALL = Object.entries({ ...CHANNELS, ...PRELOAD_CHANNELS });
const PASSPHRASE = '天鹅湖 correct horse 七月';
const dir = mkdtempSync(join(tmpdir(), 'lexpost-door-'));

const good = (schema: z.ZodType): Record<string, unknown> => sampleOf(schema) as Record<string, unknown>;

describe('the door of a vault that is shut', () => {
  const door = openDeskDoor({ dir: join(dir, 'shut'), now: () => new Date('2026-11-24T02:00:00.000Z') });
  afterAll(() => door.close());

  test.each(ALL.filter(([, { access }]) => access === 'open'))(
    '%s is refused: nothing is read before the vault is open',
    async (name, { request }) => {
      expect(await door.refusal(name as ChannelName, good(request))).toBe('VAULT_LOCKED');
      expect(await door.refusal(name as ChannelName, { nonsense: true })).toBe('VAULT_LOCKED');
    },
  );

  test.each(ALL)('%s answers nobody but our own frame', async (name, { request }) => {
    const answer = await door.raw(name, good(request), false);
    expect(answer).toEqual({ ok: false, error: { code: 'REQUEST_REFUSED', params: {} } });
  });
});

describe('the door of an open vault', () => {
  let door: DeskDoor;
  beforeAll(async () => {
    door = openDeskDoor({ dir: join(dir, 'open'), now: () => new Date('2026-11-24T02:00:00.000Z') });
    await door.ask('vault:create', { passphrase: secretOf(PASSPHRASE), office: OFFICES.firm });
  });
  afterAll(async () => {
    await door.close();
    rmSync(dir, { recursive: true, force: true });
  });

  test.each(ALL.filter(([, { access }]) => access !== 'closed'))(
    '%s refuses whatever its schema does not know, and says no more than a code',
    async (name, { request }) => {
      const cases = malformedRequests(request, good(request));
      expect(cases.length).toBeGreaterThan(5);
      for (const { what, request: bad } of cases) {
        const answer = await door.raw(name, bad);
        expect(answer.ok, what).toBe(false);
        if (answer.ok) continue;
        expect(answer.error.code, what).toBe('REQUEST_MALFORMED');
        expect(JSON.stringify(answer.error).length, what).toBeLessThan(300);
      }
    },
  );

  test.each(ALL.filter(([, { access }]) => access === 'closed'))(
    '%s is for a vault that is shut',
    async (name, { request }) => {
      expect(await door.refusal(name as ChannelName, good(request))).toBe('VAULT_OPEN');
    },
  );

  test('no answer names a path of this machine', async () => {
    const answers = await Promise.all(
      ALL.filter(([name, { access }]) => access !== 'closed' && name !== 'vault:lock').map(([name, { request }]) =>
        door.raw(name, good(request)),
      ),
    );
    for (const answer of answers)
      expect(JSON.stringify(answer, (_, value: unknown) => (value instanceof Uint8Array ? '' : value))).not.toContain(
        dir,
      );
  });

  test('every answer to a lawful question keeps to the contract', async () => {
    for (const [name, { request, access }] of ALL) {
      if (access === 'closed' || name === 'vault:lock') continue;
      const answer = await door.raw(name, good(request));
      if (!answer.ok) expect(answer.error, name).not.toMatchObject({ code: 'INTERNAL', params: { channel: name } });
    }
  });

  test('a token serves once, and what no person chose is no token', async () => {
    expect(await door.refusal('verify:file', { file: 'f'.repeat(32), at: null })).toBe('FILE_NOT_CHOSEN');
    door.answers.files = [import.meta.filename];
    const { files } = await door.ask('file:choose', { purpose: 'verify', several: false });
    const file = files[0]?.token ?? '';
    const { job } = await door.ask('verify:file', { file, at: null });
    const ended = await door.end(job);
    const { report } = await door.ask('verify:show', { id: ended.verification ?? '' });
    expect(report.indication).toBe('TOTAL_FAILED');
    expect(await door.refusal('verify:file', { file, at: null })).toBe('FILE_NOT_CHOSEN');
  });

  test('a file that was dropped, proposed or chosen for another end is loaded as a token’s module', async () => {
    const library = join(dir, 'module.p7m');
    writeFileSync(library, 'code');
    door.answers.files = [library];
    const dropped = await door.raw('file:register-dropped', { paths: [library] });
    const { files } = await door.ask('file:choose', { purpose: 'verify', several: false });
    const tokens = [...(dropped.ok ? (dropped.value as { files: typeof files }).files : []), ...files];
    expect(tokens).toHaveLength(2);
    for (const { token: file } of tokens)
      expect(await door.refusal('token:add-module', { file })).toBe('FILE_NOT_CHOSEN');
    expect((await door.ask('token:list', {})).modules).toEqual([]);
    const asked = await door.ask('file:choose', { purpose: 'token-module', several: false });
    expect(await door.refusal('token:add-module', { file: asked.files[0]?.token ?? '' })).toBeNull();
  });

  test('the recovery sheet is printed by main, and holds no script', async () => {
    expect(await door.ask('vault:print-recovery-key', {})).toEqual({ printed: true });
    expect(door.printed[0]?.html).toContain(OFFICES.firm.name);
    expect(door.printed[0]?.html).not.toContain('<script');
  });

  test('a lock that came by itself forgets the files that were chosen, as one that was asked for', async () => {
    door.answers.files = [import.meta.filename];
    const { files } = await door.ask('file:choose', { purpose: 'verify', several: false });
    const token = files[0]?.token ?? '';
    expect(door.desk.files.look(token)).toBe(door.answers.files[0]);
    await door.desk.session.lock('idle');
    expect(() => door.desk.files.look(token)).toThrow(expect.objectContaining({ code: 'FILE_NOT_CHOSEN' }));
    await door.ask('vault:unlock', { passphrase: secretOf(PASSPHRASE) });
  });

  test('wrong passphrases cost time after the third', async () => {
    await door.ask('vault:lock', {});
    for (let tries = 0; tries < 4; tries++) {
      expect(await door.refusal('vault:unlock', { passphrase: secretOf('falsch') })).toBe('VAULT_PASSPHRASE_WRONG');
    }
    expect(await door.refusal('vault:unlock', { passphrase: secretOf(PASSPHRASE) })).toBe('VAULT_TRY_LATER');
  });
});
