declare const brand: unique symbol;

/** A value that only its own parser can make: `Brand<string, 'OfficeId'>`. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** Lower-case hex, 64 characters. */
export type Sha256 = Brand<string, 'Sha256'>;
/** 统一社会信用代码, GB 32100-2015, 18 characters. */
export type OfficeId = Brand<string, 'OfficeId'>;
export type VaultId = Brand<string, 'VaultId'>;
export type PersonId = Brand<string, 'PersonId'>;
export type MatterId = Brand<string, 'MatterId'>;
/** A label chosen by the author (UUIDv7); what names a message is {@link M}. */
export type MessageId = Brand<string, 'MessageId'>;
/** SHA-256 of META-INF/ASiCManifest001.xml: the name of a message (protocol.md 2). */
export type M = Sha256;
/** A mailbox: 26 characters of lower-case base32 (130 random bits), nothing readable. */
export type Address = Brand<string, 'Address'>;
export type Bytes = number;
export type Milliseconds = number;
/** RFC 3339 in UTC with milliseconds, as `Date.prototype.toISOString` writes it. */
export type Instant = Brand<string, 'Instant'>;
/** Standard base64 of DER (RFC 4648, 4), padded, no line breaks. */
export type Base64Der = Brand<string, 'Base64Der'>;
