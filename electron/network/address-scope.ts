import { BlockList, isIP } from 'node:net';

/** Ranges that no public server has (RFC 6890 and its registry, RFC 3927, RFC 4193, RFC 4291, RFC 6598). */
const RESERVED: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/**
 * Of IPv6 only what is routed (2000::/3) can be public, less documentation and the tunnels that carry an IPv4 address in them (Teredo, 6to4): what hides a private
 * address counts as private.
 */
const RESERVED_IN_2000: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const reserved = new BlockList();
for (const [network, prefix] of RESERVED) reserved.addSubnet(network, prefix, 'ipv4');
const reservedIn2000 = new BlockList();
for (const [network, prefix] of RESERVED_IN_2000) reservedIn2000.addSubnet(network, prefix, 'ipv6');
const routed = new BlockList();
routed.addSubnet('2000::', 3, 'ipv6');

/** Whether an address belongs to a server of the open internet; false for what is no address at all. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !reserved.check(address, 'ipv4');
    case 6:
      return routed.check(address, 'ipv6') && !reservedIn2000.check(address, 'ipv6');
    default:
      return false;
  }
}

/** Whether two texts are the same address: `::1` and `0:0:0:0:0:0:0:1` are. */
export function isSameAddress(a: string, b: string): boolean {
  const family = isIP(a);
  if (family === 0 || family !== isIP(b)) return false;
  const list = new BlockList();
  const type = family === 4 ? 'ipv4' : 'ipv6';
  list.addAddress(a, type);
  return list.check(b, type);
}
