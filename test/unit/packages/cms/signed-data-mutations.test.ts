import { describe, expect, test } from 'vitest';
import { buildSignedData } from '../../../../electron/packages/cms/build-signed-data.ts';
import { verifyCms } from '../../../../electron/packages/cms/verify-cms.ts';
import { isAppError } from '../../../../shared/errors.ts';
import { CMS_NOW, cmsPair } from '../../../fixtures/cms-material.ts';
import { mutate, seededRandom } from '../../../fixtures/mutate.ts';
import { writeBer } from '../../../fixtures/write-ber.ts';
import { mutateDer } from '../../../fuzz/mutate/der.ts';
import { createRandom } from '../../../fuzz/random.ts';

const pair = cmsPair('p256', 'sign');
const content = Buffer.from('<manifest of four documents/>');
const { der } = buildSignedData({ ...pair, chain: [], content, detached: false, signingTime: CMS_NOW });
const forms = [
  ['DER', der],
  ['BER', writeBer(der, { segment: 9, lengthPadding: 0 })],
] as const;

/**
 * The verdict, or the code of the refusal; passing with another content or signer, or another kind of error, fails the
 * test.
 */
async function outcome(bytes: Buffer): Promise<string> {
  try {
    const trust = { anchors: [pair.certificate], revocation: 'off' } as const;
    const verdict = await verifyCms({ bytes, trust, at: CMS_NOW });
    if (verdict.indication !== 'TOTAL_PASSED') return verdict.indication;
    const [signer] = verdict.signers;
    const same =
      verdict.content?.equals(content) === true &&
      signer?.signature.certificate?.sha256 === pair.certificate.sha256 &&
      signer.signature.signingTime?.getTime() === CMS_NOW.getTime() &&
      signer.signature.signingCertificate === 2;
    if (!same) throw new Error('passed with something else than was signed');
    return 'TOTAL_PASSED';
  } catch (error) {
    if (!isAppError(error)) throw error;
    return error.code;
  }
}

describe.each(forms)('a signed message in %s', (_title, bytes) => {
  test('with any bit of any byte turned passes only where nothing signed changed', async () => {
    let passed = 0;
    for (let at = 0; at < bytes.length; at++) {
      const altered = Buffer.from(bytes);
      altered[at] = (altered[at] ?? 0) ^ (1 << (at % 8));
      if ((await outcome(altered)) === 'TOTAL_PASSED') passed++;
    }
    // Two version numbers, and the list of digest algorithms, which RFC 5652 5.1 only recommends to be right
    expect(passed).toBeLessThan(16);
  });

  test('cut short at any byte is refused', async () => {
    for (let length = 0; length < bytes.length; length++) {
      expect(await outcome(bytes.subarray(0, length))).toBe('SIGNATURE_MALFORMED');
    }
  });

  test('after 10,000 random mutations (fixed seed) passes only where nothing signed changed', async () => {
    const random = seededRandom(5652);
    let passed = 0;
    for (let i = 0; i < 10_000; i++) if ((await outcome(mutate(bytes, random))) === 'TOTAL_PASSED') passed++;
    expect(passed).toBeLessThan(200);
  });
});

test('after 3,000 mutations that keep its lengths right (fixed seed) passes only where nothing signed changed', async () => {
  const random = createRandom(5652);
  let passed = 0;
  for (let i = 0; i < 3000; i++) if ((await outcome(mutateDer(der, random))) === 'TOTAL_PASSED') passed++;
  expect(passed).toBeLessThan(1000);
});
