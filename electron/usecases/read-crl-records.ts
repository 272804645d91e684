import { AppError } from '../../shared/errors.ts';
import { readCrls } from '../pki/crl.ts';
import { listKey } from '../pki/path/crl-scope.ts';
import type { CrlRecord } from './threads/thread-messages.ts';
import { instantOf } from './uuid-v7.ts';

/** The revocation lists of a file. Whether they are genuine is checked each time they are used. @throws AppError CRL_MALFORMED */
export function readCrlRecords(bytes: Buffer): CrlRecord[] {
  const lists = readCrls(bytes);
  if (lists.length === 0) throw new AppError('CRL_MALFORMED', { reason: 'no list' });
  return lists.map((list) => ({
    sha256: list.sha256,
    issuer: list.issuer,
    scope: listKey(list),
    crl: list.der,
    thisUpdate: instantOf(list.thisUpdate),
    nextUpdate: list.nextUpdate === null ? null : instantOf(list.nextUpdate),
  }));
}
