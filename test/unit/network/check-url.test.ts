import { describe, expect, test } from 'vitest';
import { checkUrl, isAllowedAddress } from '../../../electron/network/check-url.ts';
import type { AllowedNetwork, FetchKind } from '../../../electron/network/fetcher.ts';
import { NO_NETWORK, type TrustNetwork, trustNetwork } from '../../../shared/model/trust-network.ts';

const tsa = (url: string) => ({ url, policy: null });
const network: TrustNetwork = {
  ...NO_NETWORK,
  hosts: ['crl.example.cn', 'ocsp.example.cn:8080', '10.0.0.7', '[fd00::7]:81'],
  addresses: ['10.9.9.9'],
  tsas: [tsa('https://tsa.example.cn/stamp')],
};
const allowed: AllowedNetwork = { ...network, updates: 'https://releases.example.cn/lexpost/' };
const reasonOf = (kind: FetchKind, url: string): unknown => {
  try {
    checkUrl({ kind, url }, allowed);
    return null;
  } catch (error) {
    return error;
  }
};

test('the configuration of this test is none', () => expect(trustNetwork.safeParse(network).success).toBe(true));

describe('an address that was configured is refused', () => {
  test.each<[FetchKind, string]>([
    ['crl', 'http://crl.example.cn/a.crl'],
    ['crl', 'https://crl.example.cn/a.crl'],
    ['crl', 'HTTP://CRL.EXAMPLE.CN:80/a.crl'],
    ['ocsp', 'http://ocsp.example.cn:8080'],
    ['crl', 'http://10.0.0.7/x'],
    ['crl', 'http://[fd00::7]:81/x'],
    ['timestamp', 'https://tsa.example.cn/stamp'],
    ['release', 'https://releases.example.cn/lexpost/stable.lexpost-update'],
    ['installer', 'https://releases.example.cn/lexpost/LexPost-0.2.0-win-x64.exe'],
  ])('%s %s', (kind, url) => expect(reasonOf(kind, url)).toBeNull());
});

describe('an address that was not configured is asked', () => {
  test.each<[FetchKind, string]>([
    ['crl', 'http://other.example.cn/a.crl'],
    ['crl', 'https://releases.example.cn/lexpost/stable.lexpost-update'],
    ['release', 'http://crl.example.cn/a.crl'],
    ['release', 'http://releases.example.cn/lexpost/stable.lexpost-update'],
    ['release', 'https://releases.example.cn/stable.lexpost-update'],
    ['installer', 'https://releases.example.cn/lexpost/../x.exe'],
    ['installer', 'https://releases.example.cn/lexpost/sub/x.exe'],
    ['installer', 'https://releases.example.cn/lexpost/x.exe?y'],
    ['installer', 'https://releases.example.cn/lexpost/%2e%2e%2fx.exe'],
    ['installer', 'https://releases.example.cn/lexpost/'],
    ['crl', 'http://crl.example.cn.evil.cn/a.crl'],
    ['crl', 'http://a.crl.example.cn/a.crl'],
    ['crl', 'http://crl.example.cn:8080/a.crl'],
    ['ocsp', 'http://ocsp.example.cn/'],
    ['crl', 'http://crl.example.cn@evil.cn/a.crl'],
    ['crl', 'http://user:word@crl.example.cn/a.crl'],
    ['crl', 'ldap://crl.example.cn/cn=x'],
    ['crl', 'file:///etc/passwd'],
    ['crl', 'ftp://crl.example.cn/a'],
    ['crl', '//crl.example.cn/a'],
    ['crl', 'crl'],
    // other spellings of 127.0.0.1
    ['crl', 'http://2130706433/'],
    ['crl', 'http://0x7f.1/'],
    ['crl', 'https://tsa.example.cn/stamp'],
    ['timestamp', 'https://tsa.example.cn/other'],
    ['timestamp', 'http://crl.example.cn/a.crl'],
  ])('%s %s', (kind, url) => expect(reasonOf(kind, url)).toMatchObject({ code: 'FETCH_REFUSED' }));
});

describe('a name leads to a private address that nobody configured', () => {
  const named = new URL('http://crl.example.cn/');
  test.each([
    ['8.8.8.8', true],
    ['10.9.9.9', true],
    ['10.9.9.8', false],
    ['127.0.0.1', false],
    ['::1', false],
  ])('%s allowed: %s', (address, allowed) => expect(isAllowedAddress(address, named, network)).toBe(allowed));

  test('an address that is itself the configured host is refused', () => {
    expect(isAllowedAddress('10.0.0.7', new URL('http://10.0.0.7/x'), network)).toBe(true);
    expect(isAllowedAddress('fd00::7', new URL('http://[fd00::7]:81/x'), network)).toBe(true);
  });
});
