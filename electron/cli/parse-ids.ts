import { AppError } from '../../shared/errors.ts';
import type { M, MatterId, OfficeId } from '../../shared/model/brand.ts';
import { matterId, officeId, sha256 } from '../../shared/model/schemas.ts';

/** Identifiers that a person typed become the model's own. @throws AppError IDENTIFIER_INVALID, with the `field` */

export function toOfficeId(text: string): OfficeId {
  const parsed = officeId.safeParse(text.trim().toUpperCase());
  if (!parsed.success) throw new AppError('IDENTIFIER_INVALID', { field: 'uscc' });
  return parsed.data;
}

export function toMatterId(text: string): MatterId {
  const parsed = matterId.safeParse(text.trim().toLowerCase());
  if (!parsed.success) throw new AppError('IDENTIFIER_INVALID', { field: 'matter' });
  return parsed.data;
}

/** Spaces as a fingerprint is printed do not count. */
export function toM(text: string): M {
  const parsed = sha256.safeParse(text.replace(/\s/g, '').toLowerCase());
  if (!parsed.success) throw new AppError('IDENTIFIER_INVALID', { field: 'm' });
  return parsed.data;
}
