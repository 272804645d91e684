import { z } from 'zod';

/**
 * What the office lets its programs ask over the network about certificates and time. Nothing is asked of anybody who is not named here: the addresses in
 * a certificate are its issuer's word, not the office's.
 */

/** A host name or IP address (IPv6 in brackets), with its port where that is not the usual one of the scheme. */
export const networkHost = z
  .string()
  .max(300)
  .regex(/^(?:[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\])(?::[1-9]\d{0,4})?$/);

/** Without name and password, which would end up in logs. Whether it may be asked is checked where it is used. */
const webAddress = z
  .string()
  .max(2048)
  .regex(/^https?:\/\/[^\s/?#@]+(?:[/?][^\s#]*)?$/);

export const tsaSetting = z.strictObject({
  url: webAddress,
  /** OID of the policy to ask for; null: the TSA's own. */
  policy: z
    .string()
    .regex(/^[0-2](\.(0|[1-9]\d*))+$/)
    .nullable(),
});
export type TsaSetting = z.infer<typeof tsaSetting>;

export const trustNetwork = z.strictObject({
  /** Whom revocation lists and OCSP answers may be fetched from. */
  hosts: z.array(networkHost).max(256),
  /** Private, loopback or link-local addresses that names may lead to all the same. */
  addresses: z.array(z.union([z.ipv4(), z.ipv6()])).max(256),
  /** Timestamping authorities in the order in which they are asked; each is its own permission. */
  tsas: z.array(tsaSetting).max(16),
  /** `http://host:port` of the proxy that everything goes through; null: directly. */
  proxy: webAddress.nullable(),
});
export type TrustNetwork = z.infer<typeof trustNetwork>;

/** Asks nobody. */
export const NO_NETWORK: TrustNetwork = { hosts: [], addresses: [], tsas: [], proxy: null };
