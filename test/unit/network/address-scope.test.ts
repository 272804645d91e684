import { describe, expect, test } from 'vitest';
import { isPublicAddress, isSameAddress } from '../../../electron/network/address-scope.ts';

describe('an address that no public server has is taken for one', () => {
  test.each([
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '100.127.255.255', '127.0.0.1', '127.255.255.254', '169.254.169.254'],
    ...['172.16.0.1', '172.31.255.255', '192.168.1.1', '198.18.0.1', '203.0.113.9', '224.0.0.1', '255.255.255.255'],
    ...['::', '::1', 'fe80::1', 'fc00::1', 'fd12:3456::1', 'ff02::1', '2001:db8::1', '2001::1', '2002:7f00:1::'],
    ...['::ffff:127.0.0.1', '::ffff:8.8.8.8', '::127.0.0.1', '64:ff9b::7f00:1', '64:ff9b::8.8.8.8', '3fff::1'],
    ...['localhost', '', '1.2.3', '0x7f000001', '2130706433'],
  ])('%s', (address) => expect(isPublicAddress(address)).toBe(false));
});

describe('a public address is refused', () => {
  test.each(['8.8.8.8', '1.1.1.1', '100.63.255.255', '172.32.0.1', '192.0.1.1', '2606:4700::1111', '2400:3200::1'])(
    '%s',
    (address) => expect(isPublicAddress(address)).toBe(true),
  );
});

test('two spellings of one address differ, or two addresses are the same', () => {
  expect(isSameAddress('::1', '0:0:0:0:0:0:0:1')).toBe(true);
  expect(isSameAddress('127.0.0.1', '127.0.0.1')).toBe(true);
  expect(isSameAddress('127.0.0.1', '127.0.0.2')).toBe(false);
  expect(isSameAddress('127.0.0.1', '::1')).toBe(false);
  expect(isSameAddress('host', 'host')).toBe(false);
});
