import { AppError } from '../../../../shared/errors.ts';
import { LIMITS } from '../../../../shared/limits.ts';
import { formatSize } from '../../../../shared/text/format-size.ts';
import { readRange } from '../../../files/bytes.ts';
import { oidName } from '../../../packages/cms/oids.ts';
import { type EnvelopedHeader, parseEnvelopedHeader } from '../../../packages/cms/parse-enveloped-header.ts';
import type { RecipientId } from '../../../packages/cms/recipient-id.ts';
import type { RecipientInfo } from '../../../packages/cms/recipient-info.ts';
import { nameText, parseName } from '../../../pki/name.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import { openInput } from '../../input-file.ts';

interface ShownRecipient {
  readonly kind: string;
  readonly algorithm: string | null;
  readonly id: ShownId | null;
}
type ShownId = { readonly subjectKeyIdentifier: string } | { readonly issuer: string; readonly serial: string };

/** What a package shows to everyone: no key is used, nothing is decrypted. */
export async function inspectFile(file: string, { t }: CommandContext): Promise<CommandReport> {
  const source = await openInput(file);
  try {
    const header = parseEnvelopedHeader(await readRange(source, 0, LIMITS.header));
    if (header === 'more') throw new AppError('PACKAGE_TRUNCATED', { size: source.size });
    const recipients = header.recipients.flatMap(showRecipient);
    return {
      exit: EXIT.good,
      json: { ...headerJson(header), size: source.size, recipients },
      text: [
        t('cli.package.inspect.verdict', { count: recipients.length }),
        ...recipients.map((recipient) => `  ${recipientText(recipient)}`),
        `${header.kind === 'auth-enveloped' ? 'AuthEnvelopedData' : 'EnvelopedData'}, ${header.encryption.cipher}`,
        t('cli.package.inspect.size', { size: formatSize(source.size), bytes: source.size }),
      ],
    };
  } finally {
    await source.close();
  }
}

function headerJson({ kind, contentType, encryption, content, contentOffset }: EnvelopedHeader) {
  return {
    contentInfo: kind === 'auth-enveloped' ? 'AuthEnvelopedData' : 'EnvelopedData',
    contentType: oidName(contentType),
    encryption: encryption.cipher,
    tagLength: encryption.mode === 'gcm' ? encryption.tagLength : null,
    legacy: encryption.legacy,
    headerSize: contentOffset,
    contentSize: content.segmented ? null : content.length,
  };
}

function showRecipient(recipient: RecipientInfo): ShownRecipient[] {
  if (recipient.kind === 'other') return [{ kind: recipient.type, algorithm: null, id: null }];
  const ids = recipient.kind === 'key-transport' ? [recipient.id] : recipient.encryptedKeys.map(({ id }) => id);
  const algorithm = oidName(recipient.algorithm.oid);
  return ids.map((id) => ({ kind: recipient.kind, algorithm, id: showId(id) }));
}

function showId(id: RecipientId): ShownId {
  if (id.kind === 'subject-key-identifier') return { subjectKeyIdentifier: id.subjectKeyId.toString('hex') };
  return { issuer: nameText(parseName(id.issuer)), serial: id.serial.toString('hex') };
}

function recipientText({ kind, algorithm, id }: ShownRecipient): string {
  const name = id === null ? '' : 'issuer' in id ? `${id.issuer} ${id.serial}` : id.subjectKeyIdentifier;
  return [name, kind, algorithm].filter((part) => part).join('  ');
}
