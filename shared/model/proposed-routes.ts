import type { CardRoute } from './office-card.ts';

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
/** https and sftp with a name of two labels and more, and nothing but a port and a plain path. */
const LOCATOR = new RegExp(
  `^(https|sftp)://((?:${LABEL}\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9]))(?::\\d{1,5})?(?:/[\\w./~%-]*)?$`,
  'i',
);
/** Names that never lead out of a house (RFC 6761, RFC 6762, RFC 8375, RFC 9476), and what private networks use without asking. */
const INSIDE =
  /(?:^|\.)(?:localhost|local|localdomain|internal|intranet|lan|home|corp|private|alt|test|invalid|onion|home\.arpa|arpa)$/i;

/**
 * The routes of a counterpart's card that may even be offered to a person (threat-model.md 8): https and sftp to public names. An UNC path would hand out
 * Windows credentials, `file:` and private addresses would reach into this house; numbers are refused too, for one look does not tell where they lead.
 */
export function proposedRoutes(routes: readonly CardRoute[]): CardRoute[] {
  return routes.filter(({ kind, locator }) => {
    const match = LOCATOR.exec(locator);
    if (match === null || INSIDE.test(match[2] ?? '')) return false;
    return kind === 'sftp'
      ? match[1]?.toLowerCase() === 'sftp'
      : kind !== 'folder' && match[1]?.toLowerCase() === 'https';
  });
}
