import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { eccCmsSharedInfo, x963Kdf } from '../../../../electron/packages/cms/x963-kdf.ts';

describe('x963Kdf', () => {
  // NIST CAVS ANSI X9.63-2001, SHA-256
  test.each([
    ['96c05619d56c328ab95fe84b18264b08725b85e33fd34f08', '', '443024c3dae66b95e6f5670601558f71'],
    [
      '22518b10e70f2a3f243810ae3254139efbee04aa57c7af7d',
      '75eef81aa3041e33b80971203d2c0c52',
      'c498af77161cc59f2962b9a713e2b215152d139766ce34a776df11866a69bf2e52a13d9c7c6fc878c50c5ea0bc7b00e0da2447cfd874f6cf92f30d0097111485500c90c3af8b487872d04685d14c8d1dc8d7fa08beb0ce0ababc11f0bd496269142d43525a78e5bc79a17f59676a5706dc54d54d4d1f0bd7e386128ec26afc21',
    ],
  ])('NIST CAVS: shared secret %s', (secret, sharedInfo, key) => {
    const derived = x963Kdf('sha256', Buffer.from(secret, 'hex'), Buffer.from(sharedInfo, 'hex'), key.length / 2);
    expect(derived.toString('hex')).toBe(key);
  });

  test('a key longer than the hash goes on with the next counter', () => {
    const secret = Buffer.from('secret');
    const info = Buffer.from('info');
    const block = (counter: number) =>
      createHash('sha1')
        .update(secret)
        .update(Buffer.from([0, 0, 0, counter]))
        .update(info)
        .digest();
    const derived = x963Kdf('sha1', secret, info, 32);
    expect(derived.equals(Buffer.concat([block(1), block(2)]).subarray(0, 32))).toBe(true);
  });
});

describe('eccCmsSharedInfo', () => {
  test('RFC 5753 7.2: key info, user keying material where there is any, length of the key in bits', () => {
    const keyInfo = Buffer.from('300b060960864801650304012d', 'hex');
    expect(eccCmsSharedInfo(keyInfo, null, 32).toString('hex')).toBe('3015300b060960864801650304012da206040400000100');
    expect(eccCmsSharedInfo(keyInfo, Buffer.from([1]), 16).toString('hex')).toBe(
      '301a300b060960864801650304012da003040101a206040400000080',
    );
  });
});
