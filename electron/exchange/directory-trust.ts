import type { ErrorCode } from '../../shared/errors.ts';
import type { M, OfficeId } from '../../shared/model/brand.ts';
import type { DirectoryBody } from '../../shared/model/message.ts';
import type { Office } from '../../shared/model/office-card.ts';

/** Who may vouch for others: a judicial bureau, or a body such as a bar association. A law firm's word about a court is worth nothing. */
const ISSUERS: ReadonlySet<Office['type']> = new Set(['judicial-bureau', 'other']);

export interface DirectoryFacts {
  readonly m: M;
  readonly body: DirectoryBody;
  /** From the issuer's confirmed card, never from the directory. */
  readonly issuer: Office;
  /** The newest version here; null where none was accepted from this issuer yet. */
  readonly known: { readonly version: number; readonly m: M } | null;
  /** Whether a person says that this issuer's directories are to be relied on. */
  readonly accept: boolean;
  readonly at: Date;
}

/** Why a directory whose signature is good is not taken; null where it is. */
export function judgeDirectory({ m, body, issuer, known, accept, at }: DirectoryFacts): ErrorCode | null {
  if (!ISSUERS.has(issuer.type)) return 'DIRECTORY_NOT_ACCEPTED';
  if (known === null && !accept) return 'DIRECTORY_NOT_ACCEPTED';
  if (known !== null && known.m !== m && body.version <= known.version) return 'DIRECTORY_NOT_NEWER';
  return at.getTime() > Date.parse(body.expiresAt) ? 'DIRECTORY_EXPIRED' : null;
}

/** Whether a directory may speak for an office, by the words of the office's own card. */
export function isInScope({ scope }: DirectoryBody, { type, region }: Office): boolean {
  return scope.types.includes(type) && scope.regions.some((prefix) => region.startsWith(prefix));
}

/** Nobody's directory says who its issuer or its reader is: those cards were compared. */
export function speaksForItself(office: OfficeId, issuer: OfficeId, own: OfficeId): boolean {
  return office === issuer || office === own;
}
