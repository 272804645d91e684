import { z } from 'zod';
import { line } from './schemas.ts';

/**
 * How this office reaches a place where mailboxes lie. It stands in the vault alone: what a counterpart's card says about routes is a proposal
 * (threat-model.md 8). Members named `password`, `privateKey` and the like are secrets: `withoutSecrets` is what may be shown.
 */

const host = line(253).regex(/^[A-Za-z0-9.:_-]+$/);
const port = z.int().min(1).max(65_535);
const secret = z.string().min(1).max(16_384);
/** PEM. Where given, it alone is trusted for this server: a CA of one's own, or the server's own certificate as a pin. */
const trustedCertificates = z
  .string()
  .max(256 * 1024)
  .regex(/-----BEGIN CERTIFICATE-----/)
  .optional();
/** An HTTP proxy that lets CONNECT through. */
const proxy = z
  .url({ protocol: /^https?$/ })
  .max(1000)
  .optional();
/** Bytes a second; absent: as fast as it goes. */
const bandwidth = z
  .int()
  .min(16 * 1024)
  .optional();
const httpsUrl = z.url({ protocol: /^https$/ }).max(1000);

export const folderConfig = z.strictObject({ root: line(1000) });

export const sftpConfig = z.strictObject({
  host,
  port: port.default(22),
  user: line(200),
  /** Folder on the server that holds all mailboxes. */
  root: line(1000),
  /** `SHA256:<base64 without padding>`, as `ssh-keygen -lf` prints it. */
  hostKey: z.string().regex(/^SHA256:[A-Za-z0-9+/]{43}$/),
  password: secret.optional(),
  /** OpenSSH or PEM. */
  privateKey: secret.optional(),
  keyPassphrase: secret.optional(),
  proxy,
  bandwidth,
});

export const webdavConfig = z.strictObject({
  /** Collection that holds all mailboxes. */
  url: httpsUrl,
  user: line(200),
  password: secret,
  trustedCertificates,
  proxy,
  bandwidth,
});

export const s3Config = z.strictObject({
  endpoint: httpsUrl,
  region: line(100).default('us-east-1'),
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
  /** Before every key, with its slash; empty: the bucket holds nothing else. */
  prefix: z
    .string()
    .regex(/^(?:[A-Za-z0-9_.-]+\/)*$/)
    .max(500)
    .default(''),
  accessKeyId: secret,
  secretAccessKey: secret,
  /** The bucket in the path, not in the host's name: what Ceph, MinIO and Swift serve. */
  pathStyle: z.boolean().default(true),
  trustedCertificates,
  proxy,
  bandwidth,
});

const mailServer = z.strictObject({
  host,
  port,
  /** `tls`: from the first byte; `starttls`: upgraded before anything is said, or not used at all (RFC 8314). */
  security: z.enum(['tls', 'starttls']).default('tls'),
  user: line(200),
  password: secret,
});

export const mailConfig = z.strictObject({
  smtp: mailServer,
  imap: mailServer,
  from: z.email().max(254),
  /** Where the counterparts of this route read their mail. */
  to: z.email().max(254),
  /** Folder that new mail comes into. */
  inbox: line(200).default('INBOX'),
  /** Larger packages do not go by mail. Bytes, of the package. */
  largest: z
    .int()
    .min(64 * 1024)
    .default(20 * 1024 * 1024),
  trustedCertificates,
  proxy,
});

export const CHANNEL_CONFIGS = {
  folder: folderConfig,
  sftp: sftpConfig,
  webdav: webdavConfig,
  s3: s3Config,
  mail: mailConfig,
} as const;

export type ChannelKind = keyof typeof CHANNEL_CONFIGS;
export type FolderConfig = z.output<typeof folderConfig>;
export type SftpConfig = z.output<typeof sftpConfig>;
export type WebdavConfig = z.output<typeof webdavConfig>;
export type S3Config = z.output<typeof s3Config>;
export type MailConfig = z.output<typeof mailConfig>;

/** A configuration by its kind, parsed. */
export type ChannelConfig = {
  readonly [Kind in ChannelKind]: { readonly kind: Kind; readonly config: z.output<(typeof CHANNEL_CONFIGS)[Kind]> };
}[ChannelKind];

/** Null where the configuration is not one of its kind. */
export function parseChannelConfig(kind: ChannelKind, config: unknown): ChannelConfig | null {
  const parsed = CHANNEL_CONFIGS[kind].safeParse(config);
  return parsed.success ? ({ kind, config: parsed.data } as ChannelConfig) : null;
}

const SECRETS = new Set(['password', 'privateKey', 'keyPassphrase', 'secretAccessKey']);

/** The configuration as a window or a listing may show it: that a secret is set, never the secret. */
export function withoutSecrets(config: unknown): unknown {
  if (typeof config !== 'object' || config === null) return config;
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => [key, SECRETS.has(key) ? '•' : withoutSecrets(value)]),
  );
}

/** The network address that a channel dials; null where it dials none. */
export function addressOfChannel({ kind, config }: ChannelConfig): string | null {
  switch (kind) {
    case 'folder':
      return null;
    case 'sftp':
      return `sftp://${config.host}:${config.port}`;
    case 'webdav':
      return originOf(config.url);
    case 's3':
      return originOf(config.endpoint);
    case 'mail':
      return `smtps://${config.smtp.host}:${config.smtp.port} imaps://${config.imap.host}:${config.imap.port}`;
  }
}

/** Scheme, host and port: `shared` knows no URL of the platform. */
const originOf = (url: string): string => /^[a-z]+:\/\/[^/?#]+/i.exec(url)?.[0] ?? url;
