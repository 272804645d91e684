import { describe, expect, test } from 'vitest';
import { isAppError } from '../../../../shared/errors.ts';
import { cmsPair, sealContent } from '../../../fixtures/cms-material.ts';
import { decryptToBuffer } from '../../../fixtures/decrypt-to-buffer.ts';
import { mutate, seededRandom } from '../../../fixtures/mutate.ts';
import { writeBer } from '../../../fixtures/write-ber.ts';
import { mutateDer } from '../../../fuzz/mutate/der.ts';
import { createRandom } from '../../../fuzz/random.ts';

const pair = cmsPair('p256');
const rsa = cmsPair('rsa3072');
const content = Buffer.from('机密：某某案卷宗目录，共四十二页');
const sealed = sealContent(content, [pair.certificate]);
const forms = [
  ['definite', sealed.message],
  ['indefinite, in segments', writeBer(sealed.message, { segment: 9, lengthPadding: 0 })],
] as const;

/** `same`, or the code of the refusal; another plaintext or another kind of error fails the test. */
async function outcome(message: Buffer, key = pair): Promise<string> {
  try {
    const opened = await decryptToBuffer(message, [key]);
    if (opened === null) return 'not-mine';
    if (!opened.content.equals(content)) throw new Error(`another plaintext: ${opened.content.toString('hex')}`);
    return 'same';
  } catch (error) {
    if (!isAppError(error)) throw error;
    return error.code;
  }
}

function tally(outcomes: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const one of outcomes) counts[one] = (counts[one] ?? 0) + 1;
  return counts;
}

describe.each(forms)('a message that is %s', (_title, message) => {
  test('opens as it is', async () => {
    expect(await outcome(message)).toBe('same');
  });

  test('with any bit of any byte turned never gives another plaintext', async () => {
    const outcomes: string[] = [];
    for (let at = 0; at < message.length; at++) {
      const altered = Buffer.from(message);
      altered[at] = (altered[at] ?? 0) ^ (1 << (at % 8));
      outcomes.push(await outcome(altered));
    }
    const { same = 0, ...refused } = tally(outcomes);
    // The two version numbers may change unseen: nothing depends on them
    expect(same).toBeLessThan(4);
    expect(Object.keys(refused).sort()).toEqual(expect.arrayContaining(['PACKAGE_MALFORMED', 'PACKAGE_TAMPERED']));
  });

  test('cut short at any byte is refused', async () => {
    for (let length = 0; length < message.length; length++) {
      expect(await outcome(message.subarray(0, length))).toMatch(/^PACKAGE_(TRUNCATED|MALFORMED)$/);
    }
  });

  test('after 10,000 random mutations (fixed seed) never gives another plaintext, nor an error without a code', async () => {
    const random = seededRandom(20_261_124);
    const outcomes: string[] = [];
    for (let i = 0; i < 10_000; i++) outcomes.push(await outcome(mutate(message, random)));
    const { same = 0 } = tally(outcomes);
    expect(outcomes).toHaveLength(10_000);
    expect(same).toBeLessThan(100);
  });
});

test('after 3,000 mutations that keep its lengths right (fixed seed) never gives another plaintext', async () => {
  const random = createRandom(5083);
  const outcomes: string[] = [];
  for (let i = 0; i < 3000; i++) outcomes.push(await outcome(mutateDer(sealed.message, random)));
  expect(tally(outcomes)['same'] ?? 0).toBeLessThan(1000);
});

test('for RSA: with any bit of any byte turned never gives another plaintext', async () => {
  const { message } = sealContent(content, [rsa.certificate]);
  const outcomes: string[] = [];
  for (let at = 0; at < message.length; at++) {
    const altered = Buffer.from(message);
    altered[at] = (altered[at] ?? 0) ^ (1 << (at % 8));
    outcomes.push(await outcome(altered, rsa));
  }
  expect(tally(outcomes)['same'] ?? 0).toBeLessThan(4);
});

test('no byte of ciphertext or tag may change', async () => {
  const { message, headerLength } = sealed;
  const start = headerLength;
  for (let at = start; at < message.length; at++) {
    const altered = Buffer.from(message);
    altered[at] = (altered[at] ?? 0) ^ 0x80;
    expect(await outcome(altered)).toMatch(/^PACKAGE_/);
  }
});
