import { z } from 'zod';
import { channel } from '../channel.ts';
import { certificateView, done, errorCode, fileToken, line, nothing, personId, secret, sha256 } from '../parts.ts';

/** Keys on tokens (PKCS#11): they never leave them. */

const moduleId = z.string().regex(/^[0-9a-f]{16}$/);
const choice = {
  module: moduleId,
  /** Serial number of the token. */
  token: z.string().max(64),
  certificate: sha256,
  pin: secret,
};

export const tokenChannels = {
  'token:list': channel(
    'open',
    nothing,
    z.strictObject({
      modules: z.array(z.strictObject({ id: moduleId, name: z.string(), failure: errorCode.nullable() })),
      tokens: z.array(
        z.strictObject({
          module: moduleId,
          label: z.string(),
          serial: z.string(),
          certificates: z.array(
            z.strictObject({
              label: z.string().nullable(),
              certificate: certificateView,
              maySign: z.boolean(),
              mayRead: z.boolean(),
              /** Somebody here signs with it. */
              used: z.boolean(),
            }),
          ),
        }),
      ),
      /** Packages wait for the PIN of the token that reads them. */
      needsReadingPin: z.boolean(),
    }),
  ),
  'token:add-module': channel('open', z.strictObject({ file: fileToken }), done),
  'token:remove-module': channel('open', z.strictObject({ module: moduleId }), done),
  'token:adopt-signing': channel(
    'open',
    z.strictObject({ ...choice, name: line(100).nullable(), acts: z.array(line(40)).min(1).max(64) }),
    z.strictObject({ person: personId, name: z.string() }),
  ),
  /** `adopted` is false where the token cannot open packages: the vault's own key goes on to serve. */
  'token:adopt-reading': channel('open', z.strictObject(choice), z.strictObject({ adopted: z.boolean() })),
  'token:unlock-reading': channel('open', z.strictObject({ pin: secret }), done),
};
