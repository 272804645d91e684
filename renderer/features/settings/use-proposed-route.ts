import { useEffect } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { OfficeId } from '../../../shared/model/brand.ts';
import type { CardRoute } from '../../../shared/model/office-card.ts';
import { type RouteDraft, toRouteConfig } from './to-route-config.ts';

export interface ProposedRoute extends RouteDraft {
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
