import { createHash } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { Sha256 } from '../../shared/model/brand.ts';
import { parseIJson } from '../../shared/model/i-json.ts';
import { office } from '../../shared/model/office-card.ts';
import { address, base64Der, vaultId } from '../../shared/model/schemas.ts';
import { sameFingerprint } from '../exchange/card-trust.ts';
import { parseCertificate } from '../pki/certificate.ts';
import { findActiveVaultKey, type VaultKeyKind } from '../vault/repositories/keys.ts';
import type { OfficeContext } from './context.ts';
import { type IssuedCard, issueCard } from './issue-card.ts';
import type { CardChanges } from './office/build-card.ts';
import { getOwnVault } from './office/own-vault.ts';
import type { SigningCredentials } from './office/signing-authority.ts';

/** What a further device of an office shows to the first one: its address and certificates, nothing secret. */
const joinRequest = z.strictObject({
  format: z.literal('lexpost-join'),
  version: z.literal(1),
  office,
  vault: z.strictObject({
    id: vaultId,
    address,
    encryptionCertificate: base64Der,
    receiptCertificate: base64Der,
  }),
});

const LARGEST = 512 * 1024;

/** The request of this device, as a file, and the fingerprint to be compared between the two screens. */
export function exportJoinRequest({ vault }: OfficeContext): { readonly bytes: Buffer; readonly fingerprint: Sha256 } {
  const own = getOwnVault(vault.read);
  const certificate = (kind: VaultKeyKind): string => {
    const row = findActiveVaultKey(vault.read, kind);
    if (row === null) throw new AppError('KEY_MISSING', { usage: kind });
    row.key?.fill(0);
    return row.certificate.toString('base64');
  };
  const request = {
    format: 'lexpost-join',
    version: 1,
    office: own.office,
    vault: {
      id: own.vault,
      address: own.address,
      encryptionCertificate: certificate('encryption'),
      receiptCertificate: certificate('receipt'),
    },
  };
  const bytes = Buffer.from(`${JSON.stringify(request, null, 2)}\n`, 'utf8');
  return { bytes, fingerprint: fingerprintOf(bytes) };
}

export interface AddVault {
  readonly request: Buffer;
  readonly credentials: SigningCredentials;
  /** As the other device shows it. */
  readonly fingerprint: string;
  /** Who was shown to whoever signs. */
  readonly shownPersons?: CardChanges['shownPersons'];
}

/** The request of another device of this office, after its fingerprint was found the one that is shown there. */
export interface JoinRequest {
  readonly vault: z.infer<typeof joinRequest>['vault'];
  readonly fingerprint: Sha256;
}

/** @throws AppError FINGERPRINT_MISMATCH, OFFICE_UNKNOWN where the request is of another office, USAGE where it is none, CERTIFICATE_MALFORMED */
export function readJoinRequest({ vault }: OfficeContext, request: Buffer, typed: string): JoinRequest {
  if (request.length > LARGEST) throw new AppError('USAGE', { field: 'request' });
  const parsed = joinRequest.safeParse(parseIJson(request.toString('utf8'), 'USAGE'));
  if (!parsed.success) throw new AppError('USAGE', { field: 'request' });
  const fingerprint = fingerprintOf(request);
  if (!sameFingerprint(typed, fingerprint)) throw new AppError('FINGERPRINT_MISMATCH');
  const own = getOwnVault(vault.read).office.id;
  if (parsed.data.office.id !== own) throw new AppError('OFFICE_UNKNOWN', { office: parsed.data.office.id });
  const { encryptionCertificate, receiptCertificate } = parsed.data.vault;
  for (const der of [encryptionCertificate, receiptCertificate]) parseCertificate(Buffer.from(der, 'base64'));
  return { vault: parsed.data.vault, fingerprint };
}

/** Lists a further device of this office in a new card. @throws AppError of {@link readJoinRequest} and {@link issueCard} */
export function addVault(
  context: OfficeContext,
  { request, credentials, fingerprint, shownPersons }: AddVault,
): Promise<IssuedCard> {
  const { vault } = readJoinRequest(context, request, fingerprint);
  return issueCard(context, credentials, {
    addVaults: [vault],
    ...(shownPersons === undefined ? {} : { shownPersons }),
  });
}

function fingerprintOf(bytes: Buffer): Sha256 {
  return createHash('sha256').update(bytes).digest('hex') as Sha256;
}
