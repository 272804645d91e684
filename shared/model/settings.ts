import { z } from 'zod';

/** How a vault behaves: kept in it, so that it goes with it. */
export const settings = z.strictObject({
  /** Minutes without a key or a click; 0: never. */
  lockAfter: z.int().min(0).max(240),
  lockOnSuspend: z.boolean(),
  /** Keeps other programs from recording the window: always, or while a released dossier is shown. */
  contentProtection: z.enum(['off', 'restricted', 'always']),
  notifications: z.boolean(),
  /** Minutes between two rounds of the exchange. */
  syncEvery: z.int().min(1).max(1440),
  /** Working days that a counterpart has to acknowledge a message before it is warned of, and again before it counts as not delivered. */
  receiptWithin: z.int().min(1).max(60),
  /** For certificates below a CA: `require` holds what nobody can say is not revoked. */
  revocation: z.enum(['require', 'soft', 'off']),
});
export type Settings = z.infer<typeof settings>;
