import type { RouteView } from '../../../shared/ipc/channels/route.ts';

export interface RouteField {
  /** Dotted path into the configuration. */
  readonly path: string;
  readonly kind: 'text' | 'secret' | 'number' | 'lines' | 'switch' | 'security';
  readonly optional?: true;
  readonly initial?: string | number | boolean;
}

/** Bytes a second. */
const BANDWIDTH: RouteField = { path: 'bandwidth', kind: 'number', optional: true };

const server = (side: 'smtp' | 'imap', port: number): RouteField[] => [
  { path: `${side}.host`, kind: 'text' },
  { path: `${side}.port`, kind: 'number', initial: port },
  { path: `${side}.security`, kind: 'security', initial: 'tls' },
  { path: `${side}.user`, kind: 'text' },
  { path: `${side}.password`, kind: 'secret' },
];

/** What each kind of route asks for, in the order of shared/model/channel-config.ts, which judges what is typed. */
export const ROUTE_FIELDS: Readonly<Record<Exclude<RouteView['kind'], 'folder'>, readonly RouteField[]>> = {
  sftp: [
    { path: 'host', kind: 'text' },
    { path: 'port', kind: 'number', initial: 22 },
    { path: 'user', kind: 'text' },
    { path: 'root', kind: 'text' },
    { path: 'hostKey', kind: 'text' },
    { path: 'password', kind: 'secret', optional: true },
    { path: 'privateKey', kind: 'lines', optional: true },
    { path: 'keyPassphrase', kind: 'secret', optional: true },
    { path: 'proxy', kind: 'text', optional: true },
    BANDWIDTH,
  ],
  webdav: [
    { path: 'url', kind: 'text' },
    { path: 'user', kind: 'text' },
    { path: 'password', kind: 'secret' },
    { path: 'trustedCertificates', kind: 'lines', optional: true },
    { path: 'proxy', kind: 'text', optional: true },
    BANDWIDTH,
  ],
  s3: [
    { path: 'endpoint', kind: 'text' },
    { path: 'region', kind: 'text', initial: 'us-east-1' },
    { path: 'bucket', kind: 'text' },
    { path: 'prefix', kind: 'text', optional: true },
    { path: 'accessKeyId', kind: 'text' },
    { path: 'secretAccessKey', kind: 'secret' },
    { path: 'pathStyle', kind: 'switch', initial: true },
    { path: 'trustedCertificates', kind: 'lines', optional: true },
    { path: 'proxy', kind: 'text', optional: true },
    BANDWIDTH,
  ],
  mail: [
    ...server('smtp', 465),
    ...server('imap', 993),
    { path: 'from', kind: 'text' },
    { path: 'to', kind: 'text' },
    { path: 'inbox', kind: 'text', initial: 'INBOX' },
    { path: 'trustedCertificates', kind: 'lines', optional: true },
    { path: 'proxy', kind: 'text', optional: true },
  ],
};
