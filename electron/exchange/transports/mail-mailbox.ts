import { ImapFlow } from 'imapflow';
import { createTransport } from 'nodemailer';
import { AppError } from '../../../shared/errors.ts';
import type { Address, Bytes, Milliseconds } from '../../../shared/model/brand.ts';
import type { MailConfig } from '../../../shared/model/channel-config.ts';
import { type ByteSource, bufferSource, readAll } from '../../files/bytes.ts';
import type { Mailbox, MailboxEntry, MailboxName } from '../mailbox.ts';
import { isMailboxName } from '../mailbox-name.ts';
import { toRouteError } from '../route-error.ts';

/** Header fields by which the owner finds what is in the mail for this program; the rest of the mail is left alone. */
const FIELD = { address: 'X-LexPost-Address', name: 'X-LexPost-Name' } as const;
/** Where mail lies that is being worked on. */
const CLAIMED = 'LexPost-Claimed';
/** Lines of 76 characters and their line ends over base64 (RFC 2045, 6.8): 78 characters carry 57 bytes. */
const encodedSize = (bytes: Bytes): Bytes => Math.ceil(bytes / 57) * 78;
/** What any sender's limit may let through: more is not taken in by mail. Bytes, decoded. */
const LARGEST_READ: Bytes = 64 * 1024 * 1024;
const TIMEOUT: Milliseconds = 60_000;
/** What a download asks for at once: small pieces cost a round trip each, and 8 MiB brings a mail of 20 MiB in three. */
const PIECE: Bytes = 8 * 1024 * 1024;
/** The library would hold a line or a literal of 1 GiB, whatever was asked for: a server could take all memory. */
const LARGEST_ANSWER: Bytes = 2 * PIECE;

/**
 * Mailboxes in mail: a package leaves by SMTP as the S/MIME part that it is (RFC 8551, 3.4) and is found by IMAP. Mail cannot be asked whether a message has
 * arrived: posting again after a crash sends the mail again under the same Message-ID, and the owner lists it once.
 */
export function openMailMailbox(config: MailConfig): Mailbox {
  const imap = createLink(config);
  return {
    put: (address, name, source, signal) => put(config, address, name, source, signal),
    list: (address) => imap.run((session) => list(session, config, address)),
    open: (address, name) => imap.run((session) => open(session, config, address, name)),
    remove: (address, name) =>
      imap.run(async (session) => {
        for (const { folder, uid } of await find(session, config, address, name)) {
          await inFolder(session.client, folder, () => session.client.messageDelete(String(uid), { uid: true }));
        }
      }),
    claim: (address, name) => imap.run((session) => claim(session, config, address, name)),
    release: (address, name) => imap.run((session) => release(session, config, address, name)),
    // Half a mail is never delivered.
    sweep: async () => {},
    close: imap.close,
  };
}

async function put(
  { smtp, from, to, largest, trustedCertificates, proxy }: MailConfig,
  address: Address,
  name: MailboxName,
  source: ByteSource,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (!isMailboxName(name)) throw new AppError('INTERNAL', { reason: 'mailbox name' });
  if (source.size > largest) throw new AppError('ROUTE_TOO_LARGE', { size: source.size, largest });
  const body = await readAll(source, largest);
  if (signal?.aborted === true) throw new AppError('CANCELLED');
  const transport = createTransport({
    host: smtp.host,
    port: smtp.port,
    secure: smtp.security === 'tls',
    requireTLS: true,
    auth: { user: smtp.user, pass: smtp.password },
    tls: { minVersion: 'TLSv1.2', ...(trustedCertificates === undefined ? {} : { ca: trustedCertificates }) },
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: TIMEOUT,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(proxy === undefined ? {} : { proxy }),
  });
  try {
    await transport.sendMail({ envelope: { from, to: [to] }, raw: toMail(from, to, address, name, body) });
  } catch (error) {
    throw toSmtpError(error);
  } finally {
    transport.close();
  }
}

/** Says nothing that the envelope does not: no subject, no name of a file. */
function toMail(from: string, to: string, address: Address, name: MailboxName, body: Buffer): Buffer {
  const head = [
    `From: <${from}>`,
    `To: <${to}>`,
    'Subject: LexPost',
    `Message-ID: <${name}.${address}@lexpost.invalid>`,
    `Date: ${new Date().toUTCString().replace('GMT', '+0000')}`,
    `${FIELD.address}: ${address}`,
    `${FIELD.name}: ${name}`,
    'MIME-Version: 1.0',
    'Content-Type: application/pkcs7-mime; smime-type=authEnveloped-data; name=smime.p7m',
    'Content-Transfer-Encoding: base64',
    'Content-Disposition: attachment; filename=smime.p7m',
  ].join('\r\n');
  const text = body.toString('base64').replace(/.{76}/g, '$&\r\n');
  return Buffer.from(`${head}\r\n\r\n${text}\r\n`, 'latin1');
}

/** Mailbox full, mail system full; message too long for the box, too big for the system (RFC 3463, 3.3 and 3.4). */
const SAID_FULL = /^\d{3}[ -][45]\.(?:2\.2|3\.1)\b/;
const SAID_TOO_LARGE = /^\d{3}[ -][45]\.(?:2\.3|3\.4)\b/;

interface SmtpFailure {
  readonly code?: string;
  readonly responseCode?: number;
  readonly response?: string;
  readonly message?: string;
}

function toSmtpError(error: unknown): AppError {
  const { code, responseCode, response = '', message } = error as SmtpFailure;
  if (code === 'EAUTH') return new AppError('ROUTE_LOGIN_REFUSED', {}, error);
  // 552 alone names a full box as well as a mail that is too large (RFC 5321, 4.2.3): the words after it tell, where there are any.
  if (SAID_FULL.test(response)) return new AppError('ROUTE_FULL', {}, error);
  if (SAID_TOO_LARGE.test(response)) return new AppError('ROUTE_TOO_LARGE', {}, error);
  if (code === 'EMESSAGE' && responseCode === 552) return new AppError('ROUTE_TOO_LARGE', {}, error);
  if (responseCode === 452) return new AppError('ROUTE_FULL', {}, error);
  if (responseCode !== undefined && responseCode >= 500) {
    return new AppError('ROUTE_READ_ONLY', { reason: `smtp-${responseCode}` }, error);
  }
  // nodemailer puts a code of its own over OpenSSL's, whose words are all that is left.
  if ((code === 'ESOCKET' || code === 'ETLS') && /certificate|altnames/i.test(message ?? '')) {
    const reason = /expired/i.test(message ?? '') ? 'certificate-expired' : 'certificate';
    return new AppError('ROUTE_SERVER_NOT_TRUSTED', { reason }, error);
  }
  return toRouteError(error);
}

interface Session {
  readonly client: ImapFlow;
  /** Path of the folder of claimed mail, by the server's own separator. */
  readonly claimed: string;
  /** Rejects when the connection ends; never resolves. Commands of a connection that dies may never be answered. */
  readonly ended: Promise<never>;
}

interface Link {
  readonly run: <T>(task: (session: Session) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

function createLink(config: MailConfig): Link {
  let current: Promise<Session> | null = null;
  const drop = (): void => {
    const dropped = current;
    current = null;
    dropped?.then(({ client }) => client.close()).catch(() => {});
  };
  return {
    run: async (task) => {
      current ??= connect(config);
      try {
        const session = await current;
        return await Promise.race([task(session), session.ended]);
      } catch (error) {
        drop();
        throw toImapError(error);
      }
    },
    close: async () => {
      const dropped = current;
      current = null;
      await dropped?.then(({ client }) => client.logout()).catch(() => {});
    },
  };
}

async function connect({ imap, trustedCertificates, proxy }: MailConfig): Promise<Session> {
  const client = new ImapFlow({
    host: imap.host,
    port: imap.port,
    secure: imap.security === 'tls',
    doSTARTTLS: imap.security === 'starttls' ? true : undefined,
    auth: { user: imap.user, pass: imap.password },
    tls: { minVersion: 'TLSv1.2', ...(trustedCertificates === undefined ? {} : { ca: trustedCertificates }) },
    connectionTimeout: 20_000,
    greetingTimeout: 20_000,
    socketTimeout: TIMEOUT,
    disableAutoIdle: true,
    logger: false,
    maxLineLength: LARGEST_ANSWER,
    maxLiteralSize: LARGEST_ANSWER,
    maxResponseSize: 2 * LARGEST_ANSWER,
    ...(proxy === undefined ? {} : { proxy }),
  });
  client.on('error', () => {});
  const ended = new Promise<never>((_, reject) => {
    client.once('close', () => reject(new AppError('ROUTE_UNAVAILABLE', { reason: 'closed' })));
  });
  ended.catch(() => {});
  await Promise.race([client.connect(), ended]);
  const { path } = await client.mailboxCreate([CLAIMED]);
  return { client, claimed: path, ended };
}

function toImapError(error: unknown): AppError {
  const { authenticationFailed, serverResponseCode, code } = error as {
    authenticationFailed?: boolean;
    code?: string;
    serverResponseCode?: string;
  };
  if (authenticationFailed === true) return new AppError('ROUTE_LOGIN_REFUSED', {}, error);
  // More came than the server itself had said.
  if (code === 'DownloadOverflow') return new AppError('ROUTE_MISBEHAVES', { reason: 'size' }, error);
  if (serverResponseCode === 'OVERQUOTA') return new AppError('ROUTE_FULL', {}, error);
  return toRouteError(error);
}

async function inFolder<T>(client: ImapFlow, folder: string, task: () => Promise<T>): Promise<T> {
  const lock = await client.getMailboxLock(folder);
  try {
    return await task();
  } finally {
    lock.release();
  }
}

interface Found {
  readonly folder: string;
  readonly uid: number;
  readonly name: MailboxName;
  /** Encoded. Bytes. */
  readonly size: Bytes;
  readonly arrivedAt: Date;
  readonly isClaimed: boolean;
}

/** Everything for an address, or the copies of one name. */
async function find(
  { client, claimed }: Session,
  { inbox }: MailConfig,
  address: Address,
  name?: MailboxName,
): Promise<Found[]> {
  if (name !== undefined && !isMailboxName(name)) throw new AppError('INTERNAL', { reason: 'mailbox name' });
  const wanted = { [FIELD.address]: address, ...(name === undefined ? {} : { [FIELD.name]: name }) };
  const found: Found[] = [];
  for (const folder of [claimed, inbox]) {
    await inFolder(client, folder, async () => {
      const uids = await client.search({ header: wanted }, { uid: true });
      if (uids === undefined || uids === false || uids.length === 0) return;
      for await (const { uid, size, internalDate, headers } of client.fetch(
        uids,
        { uid: true, size: true, internalDate: true, headers: [FIELD.name, FIELD.address] },
        { uid: true },
      )) {
        const fields = readFields(headers);
        // A search for a header matches parts of it too.
        if (fields.get(FIELD.address.toLowerCase()) !== address) continue;
        const named = fields.get(FIELD.name.toLowerCase()) ?? '';
        if (!isMailboxName(named)) continue;
        found.push({
          folder,
          uid,
          name: named,
          size: size ?? 0,
          arrivedAt: new Date(internalDate ?? 0),
          isClaimed: folder === claimed,
        });
      }
    });
  }
  return found;
}

function readFields(headers: Buffer | undefined): Map<string, string> {
  const lines = (headers?.toString('latin1') ?? '').replace(/\r?\n[ \t]+/g, ' ').split(/\r?\n/);
  return new Map(
    lines.flatMap((line): [string, string][] => {
      const colon = line.indexOf(':');
      return colon < 1 ? [] : [[line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]];
    }),
  );
}

async function list(session: Session, config: MailConfig, address: Address): Promise<MailboxEntry[]> {
  const entries = new Map<MailboxName, MailboxEntry>();
  for (const { name, size, arrivedAt } of await find(session, config, address)) {
    if (!entries.has(name)) entries.set(name, { name, size, modifiedAt: arrivedAt, holder: null });
  }
  return [...entries.values()].sort((a, b) => a.modifiedAt.getTime() - b.modifiedAt.getTime());
}

async function open(
  session: Session,
  config: MailConfig,
  address: Address,
  name: MailboxName,
): Promise<ByteSource | null> {
  const [found] = await find(session, config, address, name);
  if (found === undefined) return null;
  if (found.size > encodedSize(LARGEST_READ)) throw new AppError('ROUTE_TOO_LARGE', { size: found.size });
  const { client } = session;
  return inFolder(client, found.folder, async () => {
    const { content } = await client.download(String(found.uid), '1', { uid: true, chunkSize: PIECE });
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of content as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > LARGEST_READ) throw new AppError('ROUTE_TOO_LARGE', { size: length });
      chunks.push(chunk);
    }
    return bufferSource(Buffer.concat(chunks));
  });
}

/** One move of a message wins: only its answer names the message's new number. */
async function claim(session: Session, config: MailConfig, address: Address, name: MailboxName): Promise<boolean> {
  const copies = await find(session, config, address, name);
  if (copies.some(({ isClaimed }) => isClaimed)) return true;
  const [first] = copies;
  if (first === undefined) return false;
  return move(session.client, first, session.claimed);
}

async function release(session: Session, config: MailConfig, address: Address, name: MailboxName): Promise<void> {
  for (const copy of await find(session, config, address, name)) {
    if (copy.isClaimed) await move(session.client, copy, config.inbox);
  }
}

async function move(client: ImapFlow, { folder, uid }: Found, to: string): Promise<boolean> {
  const moved = await inFolder(client, folder, () => client.messageMove(String(uid), to, { uid: true }));
  return moved !== false && (moved.uidMap?.size ?? 0) > 0;
}
