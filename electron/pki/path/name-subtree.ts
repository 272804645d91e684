import { Asn1Error } from '../asn1/der-reader.ts';
import type { GeneralName } from '../general-name.ts';
import { nameKeys } from '../name-key.ts';
import { isDnsName, isDnsPattern } from './host-name.ts';

/** The base of a GeneralSubtree, as questions about names (RFC 5280, 4.2.1.10). */
export interface Subtree {
  /** Whether the name is of the constrained form. */
  concerns(name: GeneralName): boolean;
  /** Whether all that the name stands for lies within: false for a malformed name. */
  contains(name: GeneralName): boolean;
  /** Whether anything that the name stands for may lie within: true for a malformed name. */
  touches(name: GeneralName): boolean;
}

/** @throws Asn1Error where the base is malformed */
export function subtreeOf(base: GeneralName): Subtree {
  switch (base.kind) {
    case 'directory':
      return directorySubtree(base.name);
    case 'dns':
      return dnsSubtree(base.text.toLowerCase());
    case 'email':
      return emailSubtree(base.text);
    case 'uri':
      return uriSubtree(base.text.toLowerCase());
    case 'ip':
      return addressSubtree(base.octets);
    case 'other':
      return unknownSubtree(base.tag);
  }
}

/** A form that is not understood forbids every name of that form (4.2.1.10: process the constraint or reject the certificate). */
function unknownSubtree(tag: number): Subtree {
  return {
    concerns: (name) => name.kind === 'other' && name.tag === tag,
    contains: () => false,
    touches: () => true,
  };
}

function directorySubtree(base: Buffer): Subtree {
  const prefix = nameKeys(base);
  const within = (name: GeneralName): boolean => {
    if (name.kind !== 'directory') return false;
    const keys = nameKeys(name.name);
    return prefix.every((key, index) => keys[index] === key);
  };
  return { concerns: ({ kind }) => kind === 'directory', contains: within, touches: within };
}

/** Whether `host` is `domain` or lies below it. */
const isBelow = (host: string, domain: string): boolean => host === domain || host.endsWith(`.${domain}`);

function dnsSubtree(base: string): Subtree {
  if (base !== '' && !isDnsName(base)) throw new Asn1Error(`DNS constraint ${JSON.stringify(base)}`);
  return {
    concerns: ({ kind }) => kind === 'dns',
    contains: (name) => {
      if (name.kind !== 'dns') return false;
      const pattern = name.text.toLowerCase();
      return isDnsPattern(pattern) && (base === '' || isBelow(pattern.replace(/^\*\./, ''), base));
    },
    touches: (name) => {
      if (name.kind !== 'dns') return false;
      const pattern = name.text.toLowerCase();
      if (base === '' || !isDnsPattern(pattern)) return true;
      if (!pattern.startsWith('*.')) return isBelow(pattern, base);
      // *.example.com may be a host of example.com as well as bar.example.com itself
      const parent = pattern.slice(2);
      return isBelow(parent, base) || base.slice(base.indexOf('.') + 1) === parent;
    },
  };
}

interface Mailbox {
  readonly local: string;
  readonly host: string;
}

function parseMailbox(text: string): Mailbox | null {
  const parts = text.split('@');
  const [local = '', host = ''] = parts;
  return parts.length === 2 && local !== '' && !/\s/.test(local) && isDnsName(host.toLowerCase())
    ? { local, host: host.toLowerCase() }
    : null;
}

/** A mailbox, all mailboxes of a host, or `.domain`: those of hosts below it. */
function emailSubtree(base: string): Subtree {
  const mailbox = base.includes('@') ? parseMailbox(base) : null;
  const matchesHost = base.includes('@') ? null : hostMatcher(base.toLowerCase());
  if (mailbox === null && matchesHost === null) throw new Asn1Error(`e-mail constraint ${JSON.stringify(base)}`);
  const within = (name: GeneralName, malformed: boolean): boolean => {
    if (name.kind !== 'email') return false;
    const address = parseMailbox(name.text);
    if (address === null) return malformed;
    if (mailbox !== null) return address.local === mailbox.local && address.host === mailbox.host;
    return matchesHost?.(address.host) === true;
  };
  return {
    concerns: ({ kind }) => kind === 'email',
    contains: (name) => within(name, false),
    touches: (name) => within(name, true),
  };
}

/** The host of a URI; a URI without a host name, or with an address, can be judged by no constraint (4.2.1.10). */
function uriSubtree(base: string): Subtree {
  const matchesHost = hostMatcher(base);
  if (matchesHost === null) throw new Asn1Error(`URI constraint ${JSON.stringify(base)}`);
  const within = (name: GeneralName, malformed: boolean): boolean => {
    if (name.kind !== 'uri') return false;
    const host = hostOf(name.text);
    return host === null ? malformed : matchesHost(host);
  };
  return {
    concerns: ({ kind }) => kind === 'uri',
    contains: (name) => within(name, false),
    touches: (name) => within(name, true),
  };
}

/** RFC 3986, 3.2: authority without user information and port. */
function hostOf(uri: string): string | null {
  const authority = /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(uri)?.[1] ?? '';
  const host = authority
    .replace(/^[^@]*@/, '')
    .replace(/:\d*$/, '')
    .toLowerCase();
  return isDnsName(host) ? host : null;
}

function hostMatcher(base: string): ((host: string) => boolean) | null {
  if (base === '') return () => true;
  if (base.startsWith('.')) return isDnsName(base.slice(1)) ? (host) => host.endsWith(base) : null;
  return isDnsName(base) ? (host) => host === base : null;
}

function addressSubtree(base: Buffer): Subtree {
  const length = base.length / 2;
  if (length !== 4 && length !== 16) throw new Asn1Error('IP constraint is not an address and a mask');
  const mask = base.subarray(length);
  if (!isPrefixMask(mask)) throw new Asn1Error('IP constraint with a broken mask');
  const within = (name: GeneralName): boolean =>
    name.kind === 'ip' &&
    name.octets.length === length &&
    name.octets.every((octet, index) => ((octet ^ (base[index] ?? 0)) & (mask[index] ?? 0)) === 0);
  const isAddress = (octets: Buffer): boolean => octets.length === 4 || octets.length === 16;
  return {
    // IPv4 and IPv6 are one form: a constraint on one permits nothing of the other
    concerns: ({ kind }) => kind === 'ip',
    contains: within,
    touches: (name) => within(name) || (name.kind === 'ip' && !isAddress(name.octets)),
  };
}

function isPrefixMask(mask: Buffer): boolean {
  const bits = [...mask].map((octet) => octet.toString(2).padStart(8, '0')).join('');
  return /^1*0*$/.test(bits);
}
