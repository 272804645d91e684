import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { readSignature } from '../../../electron/packages/verify/read-signature.ts';
import { addAnchors } from '../../../electron/usecases/add-trust.ts';
import type { OfficeContext } from '../../../electron/usecases/context.ts';
import { issueCard } from '../../../electron/usecases/issue-card.ts';
import { setTrustNetwork } from '../../../electron/usecases/set-trust-network.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { renewProofs } from '../../../electron/usecases/trust/archive-message.ts';
import { newNetworkRun } from '../../../electron/usecases/trust/ask-network.ts';
import { tokensIn } from '../../../electron/usecases/trust/message-chains.ts';
import { doProofDuties } from '../../../electron/usecases/trust/proof-duties.ts';
import { verifyMessage } from '../../../electron/usecases/verify-message.ts';
import { openBlob } from '../../../electron/vault/blobs/blob-store.ts';
import { findAuditHash } from '../../../electron/vault/repositories/audit.ts';
import { listDuties } from '../../../electron/vault/repositories/duties.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import { findLastAuditProof, listProofs, listProofValues } from '../../../electron/vault/repositories/proofs.ts';
import type { M } from '../../../shared/model/brand.ts';
import { listAt, stampAt } from '../../fixtures/aged-services.ts';
import { craftResponse, craftToken } from '../../fixtures/craft-timestamp.ts';
import { createLab, introduce, type Lab, OFFICES, type Party, reopen, send } from '../../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';
import { spawnChild } from '../../fixtures/spawn-vault-child.ts';
import { type Answer, startTrustServices, type TrustServices } from '../../fixtures/trust-services.ts';
import { hasTool } from '../../interop/foreign-tool.ts';

let trust: TrustServices;
let lab: Lab;
beforeAll(async () => {
  trust = await startTrustServices();
});
afterAll(() => trust.close());
beforeEach(() => {
  trust.reset();
  trust.asked.length = 0;
  lab = createLab(new Date().toISOString());
});
afterEach(() => lab.close());

interface Scene {
  readonly firm: Party;
  readonly lead: Party;
}

/** Two offices below one CA that stamp what they send. */
async function scene(tsas = ['/tsa']): Promise<Scene> {
  const lenient = { context: { revocation: 'off' } } as const;
  const firm = await lab.addOffice(OFFICES.firm, {
    ...lenient,
    identity: trust.identity(OFFICES.firm),
    withoutCard: true,
  });
  const lead = await lab.addOffice(OFFICES.procuratorate, lenient);
  for (const { context } of [firm, lead]) addAnchors(context, trust.root.certificate.der, 'test');
  await issueCard(firm.context, firm.credentials);
  await introduce(lab.share, [firm, lead]);
  useTsas(firm, tsas);
  return { firm, lead };
}

function useTsas({ context }: Party, paths: readonly string[]): void {
  const tsas = paths.map((path) => ({ url: trust.url(path), policy: null }));
  setTrustNetwork(context, { hosts: [trust.host], tsas }, 'test');
}

const submit = ({ firm, lead }: Scene) =>
  send(firm, {
    target: { type: 'file-review', to: [lead.office.id] },
    act: 'submit',
    form: FILE_REVIEW['submit'] ?? {},
  });

async function tokensOf({ context }: Party, m: M): Promise<number> {
  const blob = findMessage(context.vault.read, m)?.blob;
  if (blob == null) throw new Error('no container');
  const container = await openBlob(context.vault, blob);
  try {
    return tokensIn(await readSignature(container)).length;
  } finally {
    await container.close();
  }
}

const kindsOf = ({ context }: Party, m: M) => listProofs(context.vault.read, m).map(({ kind }) => kind);
const verify = ({ context }: Party, m: M, at = lab.clock.now) =>
  verifyMessage({ ...context, revocation: 'require' }, m, at);
const reply = (body: Buffer): Answer => ({ type: 'application/timestamp-reply', body });

describe.skipIf(!hasTool('openssl'))('a message that is sealed while the TSA answers', () => {
  test('leaves without its timestamp, or is not known to have one', async () => {
    const both = await scene();
    const { m, stamp } = await submit(both);
    expect(stamp).toMatchObject({ state: 'in-package', failed: [], stamp: { source: trust.url('/tsa') } });
    expect([await tokensOf(both.firm, m), kindsOf(both.firm, m)]).toEqual([1, ['signature']]);
    await sync(both.firm.context);
    await sync(both.lead.context);
    expect(findMessage(both.lead.context.vault.read, m)?.status).toBe('accepted');
  });

  test('is not judged by it', async () => {
    const both = await scene();
    const { m } = await submit(both);
    await sync(both.firm.context);
    const { report, trustTimeBy } = await verify(both.firm, m);
    expect(report).toMatchObject({ indication: 'TOTAL_PASSED', signers: [{ timestamp: expect.any(String) }] });
    expect(trustTimeBy).toBe('timestamps');
  });
});

describe.skipIf(!hasTool('openssl'))('a message that is sealed while the TSA is out', () => {
  test('waits for it, or is never stamped, or does not verify as stamped then', async () => {
    const both = await scene();
    trust.services.set('/tsa', () => ({ status: 503 }));
    const { m, stamp } = await submit(both);
    expect(stamp).toMatchObject({ state: 'pending', stamp: null, failed: [{ code: 'FETCH_FAILED' }] });
    expect([await tokensOf(both.firm, m), kindsOf(both.firm, m)]).toEqual([0, []]);
    // work goes on without it
    expect(await sync(both.firm.context)).toMatchObject({ posted: 1, stamped: 0, failed: [], unreachable: [] });
    await sync(both.lead.context);
    expect(findMessage(both.lead.context.vault.read, m)?.status).toBe('accepted');
    expect((await verify(both.firm, m)).report.signers[0]?.timestamp).toBeNull();

    trust.reset();
    lab.later(120_000);
    const report = await sync(both.firm.context);
    expect(report.stamped).toBeGreaterThanOrEqual(1);
    // the container that was sent is what it was
    expect([await tokensOf(both.firm, m), kindsOf(both.firm, m)]).toEqual([0, ['signature']]);
    expect((await verify(both.firm, m)).report).toMatchObject({
      indication: 'TOTAL_PASSED',
      signers: [{ timestamp: listProofs(both.firm.context.vault.read, m)[0]?.genTime }],
    });
    const stamped = listProofs(both.firm.context.vault.read, m).length;
    await sync(both.firm.context);
    expect(listProofs(both.firm.context.vault.read, m)).toHaveLength(stamped);
  });

  test('is stamped by the second TSA only after the first is back', async () => {
    const both = await scene(['/first', '/tsa']);
    trust.services.set('/first', () => ({ status: 500 }));
    const { stamp } = await submit(both);
    expect(stamp).toMatchObject({ state: 'in-package', stamp: { source: trust.url('/tsa') } });
    expect(stamp.failed).toEqual([{ url: trust.url('/first'), code: 'FETCH_FAILED' }]);
  });

  test('is lost where the program dies between stamp and commit, or stamped twice', async () => {
    const both = await scene();
    trust.services.set('/tsa', () => ({ status: 503 }));
    const { m } = await submit(both);
    lab.later(120_000);
    trust.reset();
    // the token comes, and the program dies before it is written
    const dying = {
      ...both.firm.context,
      vault: {
        ...both.firm.context.vault,
        write: (task: never) => {
          if (trust.asked.some((one) => one.startsWith('/tsa application') && stampings() > 1))
            throw new Error('killed');
          return both.firm.context.vault.write(task);
        },
      },
    };
    const stampings = () => trust.asked.filter((one) => one.startsWith('/tsa')).length;
    await expect(sync(dying as never)).rejects.toThrow('killed');
    expect(kindsOf(both.firm, m)).toEqual([]);
    await both.firm.context.vault.close();
    await reopen(both.firm, () => lab.clock.now);
    await sync(both.firm.context);
    expect(kindsOf(both.firm, m)).toEqual(['signature']);
    expect(listDuties(both.firm.context.vault.read, 100).filter(({ kind }) => kind === 'stamp')).toEqual([]);
  });

  test('is lost where the process is killed between stamp and commit, or stamped twice', async () => {
    const { firm, lead } = await scene();
    trust.services.set('/tsa', () => ({ status: 503 }));
    const { m } = await submit({ firm, lead });
    lab.later(120_000);
    trust.reset();
    await firm.context.vault.close();
    const child = spawnChild('stamp-child.ts', firm.dir, lab.clock.now.toISOString());
    await child.saw((line) => line === 'stamped');
    await child.kill();
    await reopen(firm, () => lab.clock.now);
    expect(kindsOf(firm, m)).toEqual([]);
    await sync(firm.context);
    await sync(firm.context);
    expect(kindsOf(firm, m)).toEqual(['signature']);
    expect(listDuties(firm.context.vault.read, 100).filter(({ kind }) => kind === 'stamp')).toEqual([]);
  });
});

describe.skipIf(!hasTool('openssl'))('a TSA that', () => {
  const digestIn = (body: Buffer): Buffer => {
    const at = body.indexOf(Buffer.from('0420', 'hex'));
    return body.subarray(at + 2, at + 34);
  };
  const crafted =
    (change: object): ((body: Buffer) => Answer) =>
    (body) =>
      reply(
        craftResponse({
          status: 0,
          token: craftToken({ digest: digestIn(body), genTime: new Date(), signer: trust.tsa, ...change }),
        }),
      );

  test.each<readonly [string, (body: Buffer) => Answer, string]>([
    ['stamps something else', crafted({ digest: Buffer.alloc(32, 7) }), 'TIMESTAMP_INVALID'],
    ['answers another question', crafted({ nonce: Buffer.alloc(16, 7) }), 'TIMESTAMP_INVALID'],
    ['leaves the nonce out', crafted({}), 'TIMESTAMP_INVALID'],
    ['answers an older question', (body) => replayed(body), 'TIMESTAMP_INVALID'],
    ['refuses', () => reply(craftResponse({ status: 2, failInfo: Buffer.from('000001', 'hex') })), 'TIMESTAMP_REFUSED'],
    ['talks nonsense', () => reply(Buffer.from('no reply')), 'TIMESTAMP_MALFORMED'],
    ['talks without end', () => reply(Buffer.alloc(300_000, 0x30)), 'FETCH_FAILED'],
    ['answers a page', () => ({ type: 'text/html', body: Buffer.from('<html>') }), 'FETCH_FAILED'],
  ])('%s is believed, or stops the work', async (_, misbehave, code) => {
    const both = await scene();
    trust.services.set('/tsa', misbehave);
    const { m, stamp } = await submit(both);
    expect(stamp).toMatchObject({ state: 'pending', failed: [{ url: trust.url('/tsa'), code }] });
    expect([await tokensOf(both.firm, m), kindsOf(both.firm, m)]).toEqual([0, []]);
  });

  let recorded: Buffer | null = null;
  function replayed(body: Buffer): Answer {
    recorded ??= trust.stamp(Buffer.from(body).fill(1, body.length - 10, body.length - 4));
    return reply(recorded);
  }

  test('gives another policy than was asked for is believed', async () => {
    const both = await scene();
    setTrustNetwork(both.firm.context, { tsas: [{ url: trust.url('/tsa'), policy: '1.3.6.1.4.1.99999.2' }] }, 'test');
    const nonceIn = (body: Buffer): Buffer => body.subarray(body.length - 19, body.length - 3);
    trust.services.set('/tsa', (body) => crafted({ nonce: nonceIn(body) })(body));
    expect((await submit(both)).stamp.failed).toEqual([{ url: trust.url('/tsa'), code: 'TIMESTAMP_INVALID' }]);
  });

  test('is below no anchor of the office is believed', async () => {
    const other = await startTrustServices();
    try {
      const both = await scene();
      trust.services.set('/tsa', (body) => reply(other.stamp(body)));
      expect((await submit(both)).stamp.failed).toEqual([{ url: trust.url('/tsa'), code: 'TIMESTAMP_NOT_TRUSTED' }]);
    } finally {
      await other.close();
    }
  });

  test('is silent holds the work up longer than ten seconds, or for each message anew', async () => {
    const both = await scene();
    trust.services.set('/tsa', () => 'silence');
    const before = performance.now();
    expect((await submit(both)).stamp).toMatchObject({ state: 'pending', failed: [{ code: 'FETCH_FAILED' }] });
    expect(performance.now() - before).toBeLessThan(15_000);
    trust.asked.length = 0;
    expect((await submit(both)).stamp.state).toBe('pending');
    expect(trust.asked).toEqual([]);
  }, 30_000);
});

describe.skipIf(!hasTool('openssl'))('in later years', () => {
  test('what proved a message is not kept, or not enough of it', async () => {
    const both = await scene();
    const { m } = await submit(both);
    await sync(both.firm.context);
    const kinds = listProofValues(both.firm.context.vault.read, m).map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(['certificate', 'crl', 'ocsp']));
    expect(listDuties(both.firm.context.vault.read, 100).filter(({ kind }) => kind === 'preserve')).toEqual([]);
  });

  /** What a sync does for proofs; the exchange itself has long ended for these keys. */
  const keepProofs = async (context: OfficeContext): Promise<void> => {
    const run = newNetworkRun();
    await renewProofs(context, run);
    await doProofDuties(context, run);
  };

  test('a message whose timestamps were renewed does not verify offline', async () => {
    const both = await scene();
    const { firm } = both;
    const { m } = await submit(both);
    await sync(firm.context);
    const second = await startTrustServices({ tsaDays: 4 * 365 });
    const third = await startTrustServices({ tsaDays: 20 * 365 });
    try {
      for (const { root } of [second, third]) addAnchors(firm.context, root.certificate.der, 'test');
      const hosts = [trust, second, third].map(({ host }) => host);
      setTrustNetwork(firm.context, { hosts }, 'test');
      trust.services.set('/root.crl', () => listAt(trust, lab.clock.now));
      trust.services.set('/ocsp', () => ({ status: 404 }));
      // the first TSA's certificate ends after 300 days, the second's after four years: ninety days before, it is time
      for (const [days, from] of [
        [220, second],
        [3.9 * 365 - 220, third],
      ] as const) {
        lab.later(days * 24 * 3600_000);
        from.services.set('/root.crl', () => listAt(from, lab.clock.now));
        second.services.set('/root.crl', () => listAt(second, lab.clock.now));
        trust.services.set('/tsa', (body) => reply(stampAt(from, body, lab.clock.now)));
        await keepProofs(firm.context);
      }
      expect(kindsOf(firm, m)).toEqual(['signature', 'archive', 'archive']);
      await keepProofs(firm.context);
      expect(kindsOf(firm, m)).toEqual(['signature', 'archive', 'archive']);

      lab.later(6 * 365 * 24 * 3600_000);
      const before = [trust, second, third].map(({ asked }) => asked.length);
      const { report, trustTimeBy } = await verify(firm, m);
      expect(report.checks.filter(({ ok }) => ok === false)).toEqual([]);
      expect([report.indication, trustTimeBy]).toEqual(['TOTAL_PASSED', 'stored-material']);
      expect(report.checks.filter(({ id }) => id === 'archive-timestamp').map(({ ok }) => ok)).toEqual([true, true]);
      expect(report.signers[0]?.timestamp).toBe(listProofs(firm.context.vault.read, m)[0]?.genTime);
      // without a question to anybody
      expect([trust, second, third].map(({ asked }) => asked.length)).toEqual(before);
    } finally {
      await second.close();
      await third.close();
    }
  }, 60_000);
});

describe.skipIf(!hasTool('openssl'))('the audit chain', () => {
  test('is not stamped once a day', async () => {
    const { firm } = await scene();
    await sync(firm.context);
    const first = findLastAuditProof(firm.context.vault.read);
    expect(first).not.toBeNull();
    await sync(firm.context);
    expect(findLastAuditProof(firm.context.vault.read)).toEqual(first);
    const hashes = Array.from({ length: 50 }, (_, seq) => findAuditHash(firm.context.vault.read, seq));
    expect(hashes).toContain(first?.subject);
  });
});

test('an office that named no TSA asks one, or keeps proofs', async () => {
  const both = await scene([]);
  const { m, stamp } = await submit(both);
  await sync(both.firm.context);
  expect([stamp.state, kindsOf(both.firm, m), trust.asked.filter((one) => one.includes('tsa'))]).toEqual([
    'none',
    [],
    [],
  ]);
  expect(readdirSync(join(both.firm.dir))).not.toContain('proofs');
});
