import { isIP } from 'node:net';
import { AppError } from '../../shared/errors.ts';
import { isPublicAddress, isSameAddress } from './address-scope.ts';
import type { AllowedNetwork, FetchRequest } from './fetcher.ts';

const USUAL_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

const refused = (url: string, reason: string): AppError =>
  new AppError('FETCH_REFUSED', { url: url.slice(0, 200), reason });

/**
 * Whether the office allows this address to be asked, as far as its text tells: scheme, host, port, and an IP address in it.
 * @throws AppError FETCH_REFUSED
 */
export function checkUrl({ kind, url: text }: Pick<FetchRequest, 'kind' | 'url'>, network: AllowedNetwork): URL {
  const url = URL.parse(text);
  if (url === null || !(url.protocol in USUAL_PORTS)) throw refused(text, 'scheme');
  if (url.username !== '' || url.password !== '') throw refused(text, 'credentials in the address');
  if (!isListed(kind, text, url, network)) throw refused(text, 'host is not configured');
  return url;
}

function isListed(kind: FetchRequest['kind'], text: string, url: URL, network: AllowedNetwork): boolean {
  switch (kind) {
    case 'timestamp':
      return network.tsas.some((tsa) => tsa.url === text);
    case 'release':
    case 'installer':
      return isOfFeed(text, network.updates ?? null);
    default:
      return network.hosts.some((host) => isHost(url, host));
  }
}

/** A file directly in the folder of releases: its name is plain, so it cannot lead out of there. */
function isOfFeed(text: string, base: string | null): boolean {
  return base?.startsWith('https:') === true && text.startsWith(base) && /^\w[\w.-]*$/.test(text.slice(base.length));
}

/** The address literally in the URL; null where there is a name. */
export function literalAddress({ hostname }: URL): string | null {
  const bare = hostname.replace(/^\[|\]$/g, '');
  return isIP(bare) === 0 ? null : bare;
}

function isHost(url: URL, host: string): boolean {
  const configured = URL.parse(`http://${host}`);
  if (configured === null || configured.hostname !== url.hostname) return false;
  const hasPort = /:\d+$/.test(host);
  const wanted = hasPort ? configured.port || '80' : USUAL_PORTS[url.protocol];
  return (url.port || USUAL_PORTS[url.protocol]) === wanted;
}

/**
 * Whether a connection to this address is allowed: public, or named by the office itself.
 * @param url whose host led to the address
 */
export function isAllowedAddress(address: string, url: URL, network: AllowedNetwork): boolean {
  if (isPublicAddress(address)) return true;
  // an address that stands in the configuration as the host itself was configured explicitly
  const literal = literalAddress(url);
  if (literal !== null) return isSameAddress(literal, address);
  return network.addresses.some((one) => isSameAddress(one, address));
}
