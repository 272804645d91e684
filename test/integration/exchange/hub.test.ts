import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { randomMailboxName } from '../../../electron/exchange/mailbox-name.ts';
import { openS3Mailbox } from '../../../electron/exchange/transports/s3-mailbox.ts';
import { bufferSource } from '../../../electron/files/bytes.ts';
import { sealPackage } from '../../../electron/packages/seal-package.ts';
import { countRequests, noRequests, sumOf } from '../../fixtures/count-requests.ts';
import { simulateHub } from '../../fixtures/hub-simulation.ts';
import { memorySink } from '../../fixtures/memory-bytes.ts';
import { actDraft, createMaterial, NOW } from '../../fixtures/package-material.ts';
import { type CountingStore, startCountingStore } from '../../fixtures/servers/counting-store.ts';

const OFFICES = 30;
const MESSAGES = 300;
/** Put and look whether it is there; look and claim; the whole in one range; package and claim away. */
const PER_MESSAGE = { put: 2, list: 3, get: 1, delete: 2 };

let store: CountingStore;
let sealed: Buffer;

beforeAll(async () => {
  store = await startCountingStore();
  const { firm } = createMaterial();
  const recipients = [firm.encryption.certificate];
  const sink = memorySink();
  await sealPackage({
    draft: actDraft(firm, recipients),
    documents: [
      {
        source: bufferSource(randomBytes(20_000)),
        name: 'a.bin',
        kind: 'other',
        mediaType: 'application/octet-stream',
      },
    ],
    signer: { ...firm.signing, chain: [] },
    recipients,
    now: NOW,
    sink,
  });
  sealed = sink.bytes();
});
afterAll(() => store?.stop());

test(`${OFFICES} offices exchange ${MESSAGES} packages over one object store: each arrives whole, once, for eight requests`, async () => {
  const counter = countRequests();
  const before = { ...store.counts };
  const addresses = Array.from({ length: OFFICES }, () => randomMailboxName());
  const open = () => openS3Mailbox(store.config);
  const result = await simulateHub({ open, addresses, messages: MESSAGES, packages: [sealed], width: 4 });
  counter.stop();
  expect(result.latencies).toHaveLength(MESSAGES);
  expect(store.objects(), 'nothing stays behind').toBe(0);
  const { put, list, get, delete: deleted } = PER_MESSAGE;
  const most = {
    put: put * MESSAGES,
    list: list * MESSAGES + result.polls,
    get: get * MESSAGES,
    delete: deleted * MESSAGES,
  };
  expect(counter.counts).toEqual({ ...noRequests(), ...most });
  const counted = Object.entries(store.counts).map(([kind, count]) => [
    kind,
    count - before[kind as keyof typeof before],
  ]);
  expect(Object.fromEntries(counted), 'the store saw what the client counted').toEqual(counter.counts);
});

test('an empty mailbox costs its poll one request and the same bytes, whatever the others keep', async () => {
  const box = openS3Mailbox(store.config);
  const address = randomMailboxName();
  const costs: number[][] = [];
  for (const more of [0, 1_000, 9_000]) {
    store.fill(more);
    const [asked, sent] = [sumOf(store.counts), store.bytes.out];
    expect(await box.list(address)).toEqual([]);
    costs.push([sumOf(store.counts) - asked, store.bytes.out - sent]);
  }
  await box.close();
  expect(store.objects()).toBe(10_000);
  expect(costs.map(([requests]) => requests)).toEqual([1, 1, 1]);
  expect(new Set(costs.map(([, bytes]) => bytes)).size).toBe(1);
});
