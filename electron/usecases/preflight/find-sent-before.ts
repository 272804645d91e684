import { isDeepStrictEqual } from 'node:util';
import type { Milliseconds, OfficeId, Sha256 } from '../../../shared/model/brand.ts';
import type { Form } from '../../../shared/model/forms/form.ts';
import type { ActMessage } from '../../../shared/model/message.ts';
import type { ProcedureType } from '../../../shared/model/vocabulary.ts';
import type { PreflightDocument } from '../../../shared/procedures/preflight/finding.ts';
import { listMattersTitled, listParticipants, type MatterRow } from '../../vault/repositories/matters.ts';
import { findMessage } from '../../vault/repositories/messages.ts';
import type { OfficeContext } from '../context.ts';
import { findOpening } from '../matters/find-opening.ts';
import { matterTitle } from '../matters/matter-title.ts';
import { getOwnVault } from '../office/own-vault.ts';

/** A request that would open a matter. */
export interface Opening {
  readonly type: ProcedureType;
  readonly form: Form;
  /** Our own office left out. */
  readonly recipients: readonly OfficeId[];
}

const SPAN: Milliseconds = 24 * 3600_000;

/** The matter that this office opened in the last 24 hours with the same words, offices and papers; the latest where there are several. A paper whose digest is not known equals none. */
export function findSentBefore(
  context: OfficeContext,
  opening: Opening,
  documents: readonly PreflightDocument[],
): MatterRow | null {
  const digests = sorted(documents.map(({ sha256 }) => sha256));
  const equal = listAlike(context, opening).filter((alike) => {
    return isDeepStrictEqual(sorted(alike.documents.map(({ sha256 }) => sha256)), digests);
  });
  return equal.map(({ matter }) => matter).sort((a, b) => b.openedAt.localeCompare(a.openedAt))[0] ?? null;
}

/** Whether digests would tell anything: all else of such a request is the same, the sizes of the papers included. */
export function hasAlike(context: OfficeContext, opening: Opening, sizes: readonly number[]): boolean {
  const wanted = sizes.toSorted((a, b) => a - b);
  return listAlike(context, opening).some(({ documents }) => {
    return isDeepStrictEqual(
      documents.map(({ size }) => size).sort((a, b) => a - b),
      wanted,
    );
  });
}

interface Alike {
  readonly matter: MatterRow;
  /** Of the act and of its enclosures. */
  readonly documents: ActMessage['documents'];
}

function listAlike({ vault, now }: OfficeContext, { type, form, recipients }: Opening): Alike[] {
  const db = vault.read;
  const own = getOwnVault(db).office.id;
  const offices = sorted(new Set([...recipients, own]));
  const since = new Date(now().getTime() - SPAN).toISOString();
  return listMattersTitled(db, type, matterTitle({ type, form: form as ActMessage['form'] }))
    .filter(({ opener, openedAt }) => opener === own && openedAt >= since)
    .filter(({ id }) => isDeepStrictEqual(sorted(listParticipants(db, id)), offices))
    .flatMap((matter) => {
      const message = findOpening(db, matter.id);
      if (message === null || !isDeepStrictEqual({ ...message.form }, { ...form })) return [];
      const enclosed = message.enclosures.flatMap((one) => findMessage(db, one.message)?.body.documents ?? []);
      return [{ matter, documents: [...message.documents, ...enclosed] }];
    });
}

function sorted(texts: Iterable<OfficeId | Sha256 | null>): string[] {
  return [...texts].map((text) => text ?? '').sort();
}
