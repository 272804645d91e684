import type { RouteView } from '../../../shared/ipc/channels/route.ts';
import type { CardRoute } from '../../../shared/model/office-card.ts';

export type RouteDraft = Pick<RouteView, 'kind' | 'config'>;

/** What a locator says of a route: `sftp://host:port/root`, or an address over TLS. */
export function toRouteConfig({ kind, locator }: CardRoute): RouteDraft {
  const address = URL.parse(locator);
  if (address === null) return { kind, config: {} };
  if (kind === 'sftp') {
    const port = address.port === '' ? {} : { port: Number(address.port) };
    return { kind, config: { host: address.hostname, root: address.pathname, ...port } };
  }
  return { kind, config: kind === 's3' ? { endpoint: address.origin } : { url: locator } };
}
