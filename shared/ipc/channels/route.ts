import { z } from 'zod';
import { mailConfig, s3Config, sftpConfig, webdavConfig } from '../../model/channel-config.ts';
import { channel } from '../channel.ts';
import { done, errorCode, fileToken, instant, json, nothing, officeId, officeName } from '../parts.ts';

/** Ways to counterparts, as this office configured them. In what is shown a secret that is set is `•`; saved as `•` it stays as it was. */

export const ROUTE_KINDS = ['folder', 'sftp', 'webdav', 's3', 'mail'] as const;
const routeId = z.string().regex(/^[\w.-]{1,64}$/);

export const routeView = z.strictObject({
  id: routeId,
  kind: z.enum(ROUTE_KINDS),
  /** Without secrets; a folder by its last name alone. */
  config: z.record(z.string(), json),
  /** What it dials; null for a folder. */
  address: z.string().nullable(),
  offices: z.array(officeName),
  lastSuccess: instant.nullable(),
  lastError: errorCode.nullable(),
});
export type RouteView = z.infer<typeof routeView>;

const routeSetting = z.discriminatedUnion('kind', [
  /** Null: the folder stays. */
  z.strictObject({ kind: z.literal('folder'), folder: fileToken.nullable() }),
  z.strictObject({ kind: z.literal('sftp'), config: sftpConfig }),
  z.strictObject({ kind: z.literal('webdav'), config: webdavConfig }),
  z.strictObject({ kind: z.literal('s3'), config: s3Config }),
  z.strictObject({ kind: z.literal('mail'), config: mailConfig }),
]);

export const routeChannels = {
  'route:list': channel('open', nothing, z.strictObject({ items: z.array(routeView) })),
  'route:save': channel(
    'open',
    z.strictObject({
      id: routeId,
      route: routeSetting,
      /** Offices that it reaches from now on, beside those it reaches already. */
      offices: z.array(officeId).max(1000),
    }),
    done,
  ),
  'route:remove': channel('open', z.strictObject({ id: routeId }), done),
  /** Lists our own mailbox through it. */
  'route:test': channel(
    'open',
    z.strictObject({ id: routeId }),
    z.strictObject({ reachable: z.boolean(), code: errorCode.nullable(), milliseconds: z.number() }),
  ),
};
