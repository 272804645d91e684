import { isIP } from 'node:net';
import type { Certificate } from '../certificate.ts';
import { alternativeNames } from './certificate-names.ts';

const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;

/** "Preferred name syntax" (RFC 1034, 3.5 and RFC 1123, 2.1) in lower case; not an IPv4 address. */
export function isDnsName(name: string): boolean {
  if (name.length > 253) return false;
  const labels = name.split('.');
  return labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1) ?? '');
}

/** The same, or with one `*` as the whole first label. */
export function isDnsPattern(name: string): boolean {
  return name.startsWith('*.') ? isDnsName(name.slice(2)) && name.slice(2).includes('.') : isDnsName(name);
}

/** Whether the certificate is for this host, by subjectAltName alone (RFC 9525, 6.3): a wildcard stands for one label. @throws Asn1Error */
export function matchesHost(certificate: Certificate, host: string): boolean {
  const address = parseAddress(host);
  if (address !== null) {
    return alternativeNames(certificate).some((name) => name.kind === 'ip' && name.octets.equals(address));
  }
  const wanted = host.toLowerCase();
  if (!isDnsName(wanted)) return false;
  return alternativeNames(certificate).some((name) => name.kind === 'dns' && matchesPattern(name.text, wanted));
}

function matchesPattern(text: string, wanted: string): boolean {
  const pattern = text.toLowerCase();
  if (!isDnsPattern(pattern)) return false;
  return pattern.startsWith('*.') ? wanted.slice(wanted.indexOf('.') + 1) === pattern.slice(2) : wanted === pattern;
}

/** Network octets of an address literal, or null. */
function parseAddress(text: string): Buffer | null {
  switch (isIP(text)) {
    case 4:
      return Buffer.from(text.split('.').map(Number));
    case 6:
      return parseIpv6(text);
    default:
      return null;
  }
}

function parseIpv6(text: string): Buffer | null {
  const plain = text.replace(/%.*$/, '').replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...octets: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = octets.slice(0, 4).map(Number);
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });
  const [head = '', tail] = plain.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  const address = Buffer.alloc(16);
  for (const [index, group] of groups.entries()) address.writeUInt16BE(Number.parseInt(group, 16), 2 * index);
  return address;
}
