import { isIP } from 'node:net';
import { AppError } from '../../shared/errors.ts';
import type { TrustNetwork } from '../../shared/model/trust-network.ts';
import { isPublicAddress, isSameAddress } from './address-scope.ts';
import type { FetchRequest } from './fetcher.ts';

const USUAL_PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

const refused = (url: string, reason: string): AppError =>
  new AppError('FETCH_REFUSED', { url: url.slice(0, 200), reason });

/**
 * Whether the office allows this address to be asked, as far as its text tells: scheme, host, port, and an IP address in it.
 * @throws AppError FETCH_REFUSED
 */
export function checkUrl({ kind, url: text }: Pick<FetchRequest, 'kind' | 'url'>, network: TrustNetwork): URL {
  const url = URL.parse(text);
  if (url === null || !(url.protocol in USUAL_PORTS)) throw refused(text, 'scheme');
  if (url.username !== '' || url.password !== '') throw refused(text, 'credentials in the address');
  const isListed =
    kind === 'timestamp'
      ? network.tsas.some((tsa) => tsa.url === text)
      : network.hosts.some((host) => isHost(url, host));
  if (!isListed) throw refused(text, 'host is not configured');
  return url;
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
export function isAllowedAddress(address: string, url: URL, network: TrustNetwork): boolean {
  if (isPublicAddress(address)) return true;
  // an address that stands in the configuration as the host itself was configured explicitly
  const literal = literalAddress(url);
  if (literal !== null) return isSameAddress(literal, address);
  return network.addresses.some((one) => isSameAddress(one, address));
}
