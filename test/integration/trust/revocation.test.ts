import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { extendedKeyUsageExtension } from '../../../electron/pki/issue/write-extensions.ts';
import { OID } from '../../../electron/pki/oids.ts';
import { addAnchors } from '../../../electron/usecases/add-trust.ts';
import { issueCard } from '../../../electron/usecases/issue-card.ts';
import { setTrustNetwork } from '../../../electron/usecases/set-trust-network.ts';
import { sync } from '../../../electron/usecases/sync.ts';
import { findMessage } from '../../../electron/vault/repositories/messages.ts';
import { listNetworkAsks } from '../../../electron/vault/repositories/network-asks.ts';
import { listOcspAnswers } from '../../../electron/vault/repositories/ocsp-answers.ts';
import { listNewestCrls } from '../../../electron/vault/repositories/trust.ts';
import type { M } from '../../../shared/model/brand.ts';
import { deltaExtension, freshestExtension } from '../../fixtures/craft-crl.ts';
import { craftOcspDer } from '../../fixtures/craft-ocsp-response.ts';
import { createLab, introduce, type Lab, OFFICES, type Party, send } from '../../fixtures/exchange-lab.ts';
import { FILE_REVIEW } from '../../fixtures/forms.ts';
import { daysFrom, type Made, makeCa, makeLeaf } from '../../fixtures/pki-material.ts';
import { addressExtensions, startTrustServices, type TrustServices } from '../../fixtures/trust-services.ts';
import { hasTool } from '../../interop/foreign-tool.ts';

let trust: TrustServices;
beforeAll(async () => {
  trust = await startTrustServices();
});
afterAll(() => trust.close());

interface Scene {
  readonly firm: Party;
  readonly lead: Party;
  readonly m: M;
}

/** A firm with a certificate of a CA has sent to an office that has no revocation data yet. */
async function sent(lab: Lab, named?: Parameters<TrustServices['identity']>[1]): Promise<Scene> {
  const identity = trust.identity(OFFICES.firm, named);
  const lenient = { context: { revocation: 'off' } } as const;
  const firm = await lab.addOffice(OFFICES.firm, { ...lenient, identity, withoutCard: true });
  const lead = await lab.addOffice(OFFICES.procuratorate, lenient);
  for (const { context } of [firm, lead]) addAnchors(context, trust.root.certificate.der, 'test');
  await issueCard(firm.context, firm.credentials);
  await introduce(lab.share, [firm, lead]);
  const { m } = await send(firm, {
    target: { type: 'file-review', to: [lead.office.id] },
    act: 'submit',
    form: FILE_REVIEW['submit'] ?? {},
  });
  await sync(firm.context);
  Object.assign(lead, { context: { ...lead.context, revocation: 'require' } });
  return { firm, lead, m };
}

const statusOf = ({ lead, m }: Scene) => findMessage(lead.context.vault.read, m)?.status;
const allow = ({ context }: Party, hosts: string[] = [trust.host]) => setTrustNetwork(context, { hosts }, 'test');

describe.skipIf(!hasTool('openssl'))('a message whose signer nobody knows not to be revoked', () => {
  let lab: Lab;
  beforeEach(() => {
    trust.reset();
    trust.asked.length = 0;
    lab = createLab(new Date().toISOString());
  });
  afterEach(() => lab.close());

  test('is not held, or makes somebody be asked whom the office did not allow', async () => {
    const scene = await sent(lab);
    expect(await sync(scene.lead.context)).toMatchObject({ received: { held: 1 }, fetched: 0 });
    expect(statusOf(scene)).toBe('held');
    allow(scene.lead, ['crl.example.cn']);
    await sync(scene.lead.context);
    expect([statusOf(scene), trust.asked]).toEqual(['held', []]);
    expect(listNetworkAsks(scene.lead.context.vault.read).map(({ code }) => code)).toEqual([
      'FETCH_REFUSED',
      'FETCH_REFUSED',
    ]);
  });

  test('stays held although the responder says good', async () => {
    const scene = await sent(lab);
    allow(scene.lead);
    expect(await sync(scene.lead.context)).toMatchObject({ received: { held: 1 }, fetched: 1 });
    expect(statusOf(scene)).toBe('accepted');
    expect(trust.asked).toEqual(['/ocsp application/ocsp-request']);
    const [kept] = listOcspAnswers(scene.lead.context.vault.read);
    expect(kept).toMatchObject({ status: 'good', source: trust.url('/ocsp') });
  });

  test('stays held although a later sync may ask', async () => {
    const scene = await sent(lab);
    await sync(scene.lead.context);
    allow(scene.lead);
    await sync(scene.lead.context);
    expect(statusOf(scene)).toBe('accepted');
  });

  test('stays held although the list of its CA can be had where the responder fails', async () => {
    const scene = await sent(lab);
    allow(scene.lead);
    trust.services.set('/ocsp', () => ({ status: 500 }));
    await sync(scene.lead.context);
    expect(statusOf(scene)).toBe('accepted');
    expect(trust.asked).toEqual(['/ocsp application/ocsp-request', '/root.crl']);
    expect(listNewestCrls(scene.lead.context.vault.read).map(({ source }) => source)).toEqual([trust.url('/root.crl')]);
  });

  test('is accepted although it is revoked, by answer or by list', async () => {
    for (const named of [{ ocsp: trust.url('/ocsp') }, { crl: trust.url('/root.crl') }]) {
      const inner = createLab(new Date().toISOString());
      try {
        const scene = await sent(inner, named);
        trust.revoke(scene.firm.identity.signing.certificate);
        allow(scene.lead);
        await sync(scene.lead.context);
        expect(statusOf(scene)).toBe('refused');
      } finally {
        await inner.close();
      }
    }
  });

  describe('is decided by an answer', () => {
    const answer = (make: (body: Buffer) => Buffer) => () =>
      trust.services.set('/ocsp', (body) => ({ type: 'application/ocsp-response', body: make(body) }));

    test.each<readonly [string, () => unknown]>([
      ['that is signed by nobody who may', answer((body) => trust.ocsp(body, ['-nmin', '600'], 'tsa'))],
      ['whose signature is damaged', answer((body) => trust.ocsp(body, ['-nmin', '600', '-badsig']))],
      ['that is none', answer(() => Buffer.from('good'))],
      ['that is too large', answer(() => Buffer.alloc(2 ** 20 + 1))],
    ])('%s', async (_, misbehave) => {
      const scene = await sent(lab, { ocsp: trust.url('/ocsp') });
      misbehave();
      allow(scene.lead);
      await sync(scene.lead.context);
      expect([statusOf(scene), listOcspAnswers(scene.lead.context.vault.read)]).toEqual(['held', []]);
    });

    test('that knows it not', async () => {
      const scene = await sent(lab, { ocsp: trust.url('/ocsp') });
      trust.forget(scene.firm.identity.signing.certificate);
      allow(scene.lead);
      await sync(scene.lead.context);
      const [kept] = listOcspAnswers(scene.lead.context.vault.read);
      expect([statusOf(scene), kept?.status]).toEqual(['held', 'unknown']);
    });

    test('whose end has come', async () => {
      const scene = await sent(lab, { ocsp: trust.url('/ocsp') });
      answer((body) => trust.ocsp(body, ['-nmin', '1']))();
      allow(scene.lead);
      lab.later(3600_000);
      await sync(scene.lead.context);
      expect(statusOf(scene)).toBe('held');
    });

    test('to another question', async () => {
      const scene = await sent(lab, { ocsp: trust.url('/ocsp') });
      allow(scene.lead);
      let first: Buffer | null = null;
      answer((body) => {
        // another nonce in the same question: what an eavesdropper recorded
        const other = Buffer.from(body);
        other.writeUInt8((other.at(-1) ?? 0) ^ 1, other.length - 1);
        first ??= trust.ocsp(other);
        return first;
      })();
      await sync(scene.lead.context);
      expect(statusOf(scene)).toBe('held');
      trust.reset();
      await sync(scene.lead.context);
      expect(statusOf(scene)).toBe('accepted');
    });
  });

  test('is held although a delegate of its CA says good', async () => {
    const scene = await sent(lab, { ocsp: trust.url('/ocsp') });
    trust.services.set('/ocsp', (body) => ({
      type: 'application/ocsp-response',
      body: trust.ocsp(body, ['-nmin', '600'], 'delegate'),
    }));
    allow(scene.lead);
    await sync(scene.lead.context);
    expect(statusOf(scene)).toBe('accepted');
  });

  test('makes somebody be asked whom a certificate names that anybody could put beside the answer', async () => {
    const life = { notBefore: daysFrom(-1, new Date()), notAfter: daysFrom(20, new Date()) };
    const purpose = extendedKeyUsageExtension([OID.ocspSigning]);
    const delegate = (issuer: Made, crl: string) =>
      makeLeaf('responder', { issuer, ...life, extensions: [purpose, ...addressExtensions({ crl: trust.url(crl) })] });
    const responder = delegate(trust.root, '/root.crl');
    const stranger = delegate(makeCa('stranger', life), '/stranger.crl');
    const scene = await sent(lab, { ocsp: trust.url('/ocsp') });
    const { certificate } = scene.firm.identity.signing;
    const thisUpdate = new Date(Date.now() - 60_000);
    trust.services.set('/ocsp', () => ({
      type: 'application/ocsp-response',
      body: craftOcspDer({
        answers: [
          {
            certificate,
            issuer: trust.root.certificate,
            status: 'good',
            thisUpdate,
            nextUpdate: daysFrom(1, new Date()),
          },
        ],
        signer: responder,
        producedAt: thisUpdate,
        certificates: [stranger.certificate, responder.certificate],
      }),
    }));
    allow(scene.lead);
    await sync(scene.lead.context);
    expect([statusOf(scene), trust.asked]).toEqual(['accepted', ['/ocsp application/ocsp-request', '/root.crl']]);
  });

  test('is decided by a list that another key signed, and the good one is lost', async () => {
    const scene = await sent(lab, { crl: trust.url('/root.crl') });
    allow(scene.lead);
    const forged = trust.list();
    forged.writeUInt8((forged.at(-1) ?? 0) ^ 1, forged.length - 1);
    trust.services.set('/root.crl', () => ({ type: 'application/pkix-crl', body: forged }));
    await sync(scene.lead.context);
    expect([statusOf(scene), listNewestCrls(scene.lead.context.vault.read)]).toEqual(['held', []]);
  });
});

describe('a list that names deltas', () => {
  let lab: Lab;
  const crl = (body: Buffer) => () => ({ type: 'application/pkix-crl', body });
  beforeEach(() => {
    trust.reset();
    trust.asked.length = 0;
    lab = createLab(new Date().toISOString());
    trust.services.set(
      '/root.crl',
      crl(trust.list({ revoked: [], extensions: [freshestExtension(trust.url('/delta.crl'))] })),
    );
  });
  afterEach(() => lab.close());

  /** What the delta says that stands where the full list points. */
  async function sentOver(delta: (serial: Buffer) => Parameters<TrustServices['list']>[0]) {
    const scene = await sent(lab, { crl: trust.url('/root.crl') });
    const { serial } = scene.firm.identity.signing.certificate;
    trust.services.set('/delta.crl', crl(trust.list({ number: 2, extensions: [deltaExtension(1)], ...delta(serial) })));
    allow(scene.lead);
    await sync(scene.lead.context);
    return scene;
  }
  const revoking = (serial: Buffer) => ({
    revoked: [{ serial, revokedAt: new Date(Date.now() - 3600_000), reason: 1 as const }],
  });

  test('is believed alone, though a delta of a later hour revokes', async () => {
    const scene = await sentOver(revoking);
    expect(trust.asked).toEqual(['/root.crl', '/delta.crl']);
    expect(statusOf(scene)).toBe('refused');
    expect(listNewestCrls(scene.lead.context.vault.read)).toHaveLength(2);
  });

  test('is asked for its delta again while one of the time is at hand', async () => {
    const scene = await sentOver(() => ({ revoked: [] }));
    expect(statusOf(scene)).toBe('accepted');
    await sync(scene.lead.context);
    expect(trust.asked).toEqual(['/root.crl', '/delta.crl']);
  });

  test('does not count without its delta, or one of another base is taken for it', async () => {
    const scene = await sentOver((serial) => ({ ...revoking(serial), extensions: [deltaExtension(7)], number: 8 }));
    expect(statusOf(scene)).toBe('accepted');
  });

  test('makes somebody be asked whom the office did not allow', async () => {
    trust.services.set(
      '/root.crl',
      crl(trust.list({ revoked: [], extensions: [freshestExtension('http://delta.example.cn/d.crl')] })),
    );
    const scene = await sentOver(revoking);
    expect(trust.asked).toEqual(['/root.crl']);
    expect(statusOf(scene)).toBe('accepted');
    expect(listNetworkAsks(scene.lead.context.vault.read)).toContainEqual(
      expect.objectContaining({ url: 'http://delta.example.cn/d.crl', code: 'FETCH_REFUSED' }),
    );
  });
});

describe('what is about to end', () => {
  test('is fetched only when somebody waits for it, or again and again', async () => {
    trust.reset();
    const lab = createLab(new Date().toISOString());
    try {
      const scene = await sent(lab, { crl: trust.url('/root.crl') });
      allow(scene.lead);
      await sync(scene.lead.context);
      expect(statusOf(scene)).toBe('accepted');
      trust.asked.length = 0;
      await sync(scene.lead.context);
      expect(trust.asked).toEqual([]);
      lab.later(6.9 * 24 * 3600_000);
      trust.services.set('/root.crl', () => ({
        type: 'application/pkix-crl',
        body: trust.list({ number: 2, thisUpdate: lab.clock.now, nextUpdate: new Date(lab.clock.now.getTime() + 1e9) }),
      }));
      expect(await sync(scene.lead.context)).toMatchObject({ fetched: 1 });
      await sync(scene.lead.context);
      expect(trust.asked).toEqual(['/root.crl']);
    } finally {
      await lab.close();
    }
  });
});
