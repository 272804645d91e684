import { AppError } from '../../shared/errors.ts';
import { LIMITS } from '../../shared/limits.ts';
import type { Bytes, Sha256 } from '../../shared/model/brand.ts';
import { type Message, message as messageSchema } from '../../shared/model/message.ts';
import { documentPath } from '../../shared/model/names.ts';
import { ASIC_E_MIMETYPE, ENTRY } from './asic/entry-names.ts';
import { buildManifest } from './asic/manifest.ts';
import { type EntrySpec, planZip, type ZipPlan } from './zip/plan-zip.ts';

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** message.json before its documents were read; sender and recipients are the caller's to fill. */
export type MessageDraft = Without<Message, 'documents'>;

/** What is known of a document before it was read. */
export interface DocumentFacts {
  readonly name: string;
  readonly kind: string;
  readonly mediaType: string;
  readonly size: Bytes;
}

/** The message with the digests of its documents, in their order. */
export function completeMessage(
  draft: MessageDraft,
  documents: readonly (DocumentFacts & { sha256: Sha256 })[],
): Message {
  const entries = documents.map(({ name, kind, mediaType, size, sha256 }) => ({ name, kind, mediaType, size, sha256 }));
  return { ...draft, documents: entries } as Message;
}

export const messageBytes = (message: Message): Buffer => Buffer.from(JSON.stringify(message), 'utf8');

/** A digest of the right length for what is not read yet: sizes depend on its length alone. */
const PLACEHOLDER = '0'.repeat(64) as Sha256;

export interface ContainerPlan {
  /** Of the whole container: exact, before the first byte is written. */
  readonly size: Bytes;
  /**
   * Size of the padding once that of the signature is known; the total stays as it is.
   * @throws AppError PACKAGE_LIMIT_EXCEEDED where the signature does not fit into its slot
   */
  paddingFor(signatureSize: Bytes): Bytes;
}

/**
 * Plans a container before its documents are read. ECDSA signatures vary in length and a token may come while sealing, so signature and padding share a
 * slot of 16 KiB; under 1 MiB the padding also fills up to the next 64 KiB.
 * @throws AppError MESSAGE_MALFORMED, PACKAGE_LIMIT_EXCEEDED
 */
export function planContainer(draft: MessageDraft, documents: readonly DocumentFacts[]): ContainerPlan {
  const message = completeMessage(
    draft,
    documents.map((document) => ({ ...document, sha256: PLACEHOLDER })),
  );
  const parsed = messageSchema.safeParse(message);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new AppError('MESSAGE_MALFORMED', { reason: `${issue?.path.join('.') ?? ''}: ${issue?.code ?? ''}` });
  }
  const fixed = fixedEntries(message, documents);
  const slot = (signature: Bytes, padding: Bytes): ZipPlan =>
    planZip([
      ...fixed,
      { name: ENTRY.signature, layout: 'stored', size: signature },
      { name: ENTRY.padding, layout: 'stored', size: padding },
    ]);
  const least = slot(0, LIMITS.signatureSlot).size;
  const size = least < LIMITS.paddedBelow ? Math.ceil(least / LIMITS.paddingStep) * LIMITS.paddingStep : least;
  if (size > LIMITS.container)
    throw new AppError('PACKAGE_LIMIT_EXCEEDED', { limit: 'container', max: LIMITS.container });
  return {
    size,
    paddingFor(signatureSize) {
      const rough = LIMITS.signatureSlot - signatureSize + (size - least);
      // Where the padding's offset passes 4 GiB the directory grows by a ZIP64 field, which the padding gives back
      const padding = rough < 0 ? rough : rough - (slot(signatureSize, rough).size - size);
      if (padding < 0) throw signatureTooLarge();
      return padding;
    },
  };
}

export function signatureTooLarge(): AppError {
  return new AppError('PACKAGE_LIMIT_EXCEEDED', { limit: 'signatureSlot', max: LIMITS.signatureSlot });
}

function fixedEntries(message: Message, documents: readonly DocumentFacts[]): EntrySpec[] {
  const stored = (name: string, size: Bytes): EntrySpec => ({ name, layout: 'stored', size });
  const paths = documents.map(({ name }, index) => documentPath(index, name));
  const text = messageBytes(message).length;
  if (text > LIMITS.message) throw new AppError('PACKAGE_LIMIT_EXCEEDED', { limit: 'message', max: LIMITS.message });
  const digest = Buffer.alloc(32);
  const manifest = buildManifest([...paths, ENTRY.message].map((name) => ({ name, sha256: digest }))).length;
  return [
    stored(ENTRY.mimetype, ASIC_E_MIMETYPE.length),
    ...documents.map(({ size }, index): EntrySpec => ({ name: paths[index] ?? '', layout: 'blocks', size })),
    stored(ENTRY.message, text),
    stored(ENTRY.manifest, manifest),
  ];
}
