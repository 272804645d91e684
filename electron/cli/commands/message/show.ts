import type { M } from '../../../../shared/model/brand.ts';
import { formatSize } from '../../../../shared/text/format-size.ts';
import { visible } from '../../../../shared/text/visible.ts';
import type { ByteSink } from '../../../files/bytes.ts';
import type { OfficeContext } from '../../../usecases/context.ts';
import { exportDocument } from '../../../usecases/export-document.ts';
import { noteOfHalfWritten } from '../../../usecases/half-written.ts';
import { type ShownMessageDetail, showMessage } from '../../../usecases/show-message.ts';
import type { ReadableDb } from '../../../vault/db/handle.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { messageJson, messageLine } from '../../describe-message.ts';
import { EXIT } from '../../exit-codes.ts';
import { extractDocuments } from '../../extract-documents.ts';
import { formatInstant } from '../../format.ts';
import { messageNamed, readMessageName } from '../../message-named.ts';
import { officeText } from '../../names.ts';
import type { OfficeFlags } from '../../office-flags.ts';
import { ACTOR, withOffice } from '../../office-session.ts';

export interface ShowOptions extends OfficeFlags {
  readonly out?: string;
}

/** One message with its documents, receipts and copies; `--out` takes the documents out of the vault, in the clear. */
export function show(text: string, options: ShowOptions, context: CommandContext): Promise<CommandReport> {
  const name = readMessageName(text);
  return withOffice(options, context, async (office) => {
    const m = messageNamed(office, name, context);
    const shown = showMessage(office, m);
    const { out } = options;
    const extracted = out === undefined ? {} : { extracted: await exportAll(office, m, shown, out, context) };
    return {
      exit: EXIT.good,
      json: { ...toJson(shown), ...extracted },
      text: toText(office.vault.read, shown, context),
    };
  });
}

function exportAll(
  office: OfficeContext,
  m: M,
  { row }: ShownMessageDetail,
  folder: string,
  { signal }: CommandContext,
): Promise<string[]> {
  const names = row.body.documents.map(({ name }) => name);
  const write = async (index: number, sink: ByteSink): Promise<void> => {
    await exportDocument(office, { m, index, sink, by: ACTOR, signal });
  };
  return extractDocuments(names, folder, write, noteOfHalfWritten(office.vault));
}

function toJson({
  row,
  documents,
  receipts,
  copies,
  delivery,
  attempts,
  nonDeliveries,
  proofs,
}: ShownMessageDetail): Record<string, unknown> {
  return {
    message: { ...messageJson(row), body: row.body },
    documents: documents.map(({ name, kind, mediaType, size, sha256 }) => ({ name, kind, mediaType, size, sha256 })),
    receipts: receipts.map(({ m, kind, office, vault, pos, receivedAt, code, current, flags, direction }) => ({
      m,
      kind,
      office,
      vault,
      pos,
      receivedAt,
      code,
      current,
      flags,
      direction,
    })),
    copies: copies.map(({ office, vault, state, attempts, lastError, postedAt }) => ({
      office,
      vault,
      state,
      attempts,
      lastError,
      postedAt,
    })),
    delivery,
    attempts: attempts.map(({ office, vault, channel, kind, at, code }) => ({
      office,
      vault,
      channel,
      kind,
      at,
      code,
    })),
    nonDeliveries: nonDeliveries.map(({ m, office, recordedAt, supersededBy, supersededAt, body }) => ({
      m,
      office,
      recordedAt,
      supersededBy,
      supersededAt,
      record: body.record,
    })),
    proofs: proofs.map(({ kind, genTime, expiresAt, source, addedAt }) => ({
      kind,
      genTime,
      expiresAt,
      source,
      addedAt,
    })),
  };
}

function toText(
  db: ReadableDb,
  { row, documents, receipts, delivery, attempts, nonDeliveries, proofs }: ShownMessageDetail,
  context: CommandContext,
): string[] {
  const { t, language } = context;
  return [
    messageLine(db, row, '', context),
    ...documents.map(({ name, size, sha256 }) => `  ${visible(name)}  ${formatSize(size)}  ${sha256}`),
    ...delivery.map(({ office, colour, at }) =>
      [
        `  ${officeText(db, office)}`,
        t(`cli.message.colour.${colour}`),
        at === null ? '' : formatInstant(at, language),
      ].join('  '),
    ),
    ...attempts.map(({ office, channel, at, code }) =>
      [
        `  ${formatInstant(at, language)}`,
        officeText(db, office),
        channel ?? '-',
        code ?? t('cli.message.attempt.posted'),
      ].join('  '),
    ),
    ...nonDeliveries.map(({ office, recordedAt, supersededBy }) =>
      [
        `  ${t(supersededBy === null ? 'cli.message.nonDelivery.standing' : 'cli.message.nonDelivery.superseded')}`,
        officeText(db, office),
        formatInstant(recordedAt, language),
      ].join('  '),
    ),
    ...receipts.map(({ kind, office, receivedAt, pos, code }) =>
      [
        `  ${t(`cli.message.receipt.${kind}`)}`,
        officeText(db, office),
        formatInstant(receivedAt, language),
        pos === null ? '' : `#${pos}`,
        code ?? '',
      ].join('  '),
    ),
    ...proofs.map(({ kind, genTime, expiresAt, source }) => {
      const at = formatInstant(genTime, language);
      const until = formatInstant(expiresAt, language);
      return `  ${t(`cli.message.proof.${kind}`, { at, until, source: visible(source) })}`;
    }),
  ];
}
