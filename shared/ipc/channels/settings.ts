import { z } from 'zod';
import { settings } from '../../model/settings.ts';
import { trustNetwork } from '../../model/trust-network.ts';
import { channel } from '../channel.ts';
import { certificateView, count, done, fileToken, instant, nothing, sha256 } from '../parts.ts';

const scope = z.enum(['sign', 'timestamp', 'tls']);
const anchor = z.strictObject({
  certificate: certificateView,
  /** What it may vouch for. */
  scopes: z.array(scope),
  /** It vouches for nothing that is judged at a time outside. */
  validFrom: instant.nullable(),
  validUntil: instant.nullable(),
  addedAt: instant,
  addedBy: z.string(),
});

export const settingsChannels = {
  'settings:show': channel('open', nothing, settings),
  'settings:change': channel('open', settings.partial(), settings),
  /** Every address that this program may ask, and what for. */
  'settings:addresses': channel(
    'open',
    nothing,
    z.strictObject({
      items: z.array(
        z.strictObject({
          use: z.enum(['route', 'revocation', 'timestamp', 'proxy', 'update']),
          address: z.string(),
          name: z.string(),
        }),
      ),
    }),
  ),
  'trust:list-anchors': channel('open', nothing, z.strictObject({ items: z.array(anchor) })),
  /** What a file holds, to be compared before any of it is trusted. */
  'trust:read-file': channel(
    'open',
    z.strictObject({ file: fileToken }),
    z.strictObject({ items: z.array(certificateView) }),
  ),
  'trust:add-anchors': channel(
    'open',
    z.strictObject({ file: fileToken, certificates: z.array(sha256).min(1).max(100) }),
    z.strictObject({ added: count }),
  ),
  'trust:set-anchor-terms': channel(
    'open',
    z.strictObject({
      certificate: sha256,
      scopes: z.array(scope).min(1).max(3),
      validFrom: instant.nullable(),
      validUntil: instant.nullable(),
    }),
    done,
  ),
  'trust:remove-anchor': channel('open', z.strictObject({ certificate: sha256 }), done),
  'trust:add-revocation-list': channel('open', z.strictObject({ file: fileToken }), z.strictObject({ added: count })),
  'trust:list-revocation-lists': channel(
    'open',
    nothing,
    z.strictObject({
      items: z.array(
        z.strictObject({
          sha256,
          issuer: z.string(),
          thisUpdate: instant,
          nextUpdate: instant.nullable(),
          source: z.string(),
          fetchedAt: instant,
        }),
      ),
    }),
  ),
  /** Whom certificates and time may be asked of. */
  'trust:network': channel('open', nothing, trustNetwork),
  'trust:set-network': channel('open', trustNetwork, done),
};
