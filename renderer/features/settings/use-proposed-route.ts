import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { RouteView } from '../../../shared/ipc/channels/route.ts';
import type { OfficeId } from '../../../shared/model/brand.ts';
import type { CardRoute } from '../../../shared/model/office-card.ts';

export interface ProposedRoute {
  readonly kind: RouteView['kind'];
  readonly config: RouteView['config'];
  readonly office: OfficeId;
}

/** A route that the directory led here with: filled in as far as the card says, still to be completed and saved by a person. Taken once. */
export function useProposedRoute(take: (route: ProposedRoute) => void): void {
  const navigate = useNavigate();
  const { pathname, state } = useLocation();
  const given = state as { readonly proposal?: CardRoute; readonly office?: OfficeId } | null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each proposal
  useEffect(() => {
    const { proposal, office } = given ?? {};
    if (proposal === undefined || office === undefined) return;
    void navigate(pathname, { replace: true, state: null });
    take({ ...toRouteConfig(proposal), office });
  }, [given?.proposal?.locator]);
}

/** What a locator says of a route: `sftp://host:port/root`, or an address over TLS. */
export function toRouteConfig({ kind, locator }: CardRoute): Pick<ProposedRoute, 'kind' | 'config'> {
  const address = URL.parse(locator);
  if (address === null) return { kind, config: {} };
  if (kind === 'sftp') {
    const port = address.port === '' ? {} : { port: Number(address.port) };
    return { kind, config: { host: address.hostname, root: address.pathname, ...port } };
  }
  return { kind, config: kind === 's3' ? { endpoint: address.origin } : { url: locator } };
}
