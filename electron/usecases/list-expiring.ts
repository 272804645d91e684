import type { Instant, OfficeId, Sha256 } from '../../shared/model/brand.ts';
import type { OfficeCard } from '../../shared/model/office-card.ts';
import { WARN_DAYS } from '../../shared/model/warn-days.ts';
import { type Certificate, parseCertificate } from '../pki/certificate.ts';
import { findCurrentCard, listCurrentCards } from '../vault/repositories/cards.ts';
import { findSigningKey, listVaultKeys, type VaultKeyKind } from '../vault/repositories/keys.ts';
import type { OfficeContext } from './context.ts';
import { toCertificate } from './office/directory.ts';
import { listCandidates } from './office/listed-persons.ts';
import { getOwnVault, isSetUp } from './office/own-vault.ts';
import { listTrust } from './trust/import-anchors.ts';
import { listStampers } from './trust/list-stampers.ts';
import { instantOf } from './uuid-v7.ts';

const DAY = 24 * 3600_000;

export type ExpiringUse =
  /** A person's, here or at a counterpart. */
  | 'signing'
  | VaultKeyKind
  | 'anchor'
  /** Of a time-stamping authority that stamped for us. */
  | 'timestamp';

export interface Expiring {
  readonly use: ExpiringUse;
  /** Ours to renew. */
  readonly own: boolean;
  /** Whose it is; null for CAs and TSAs. */
  readonly office: OfficeId | null;
  readonly name: string;
  readonly certificate: Sha256;
  readonly notAfter: Instant;
  /** Whole days left; negative after the end. */
  readonly daysLeft: number;
  /** The last threshold that was passed: 60, 30 or 7 days; 0 after the end. */
  readonly threshold: (typeof WARN_DAYS)[number] | 0;
}

type Found = Pick<Expiring, 'use' | 'own' | 'office' | 'name'> & {
  readonly certificate: Pick<Certificate, 'sha256'>;
  readonly end: Date;
};

/** Every certificate that this office relies on and that ends within 60 days or has ended, the first to end first. */
export function listExpiring(context: OfficeContext): Expiring[] {
  if (!isSetUp(context.vault.read)) return [];
  const now = context.now().getTime();
  return [
    ...ownSigning(context),
    ...ownKeys(context),
    ...counterparts(context),
    ...anchors(context),
    ...stampers(context),
  ]
    .map(({ certificate, end, ...rest }): Expiring => {
      const left = (end.getTime() - now) / DAY;
      const threshold = left < 0 ? 0 : (WARN_DAYS.findLast((days) => left <= days) ?? WARN_DAYS[0]);
      const { sha256 } = certificate;
      return { ...rest, certificate: sha256, notAfter: instantOf(end), daysLeft: Math.floor(left), threshold };
    })
    .filter(({ daysLeft }) => daysLeft < WARN_DAYS[0])
    .sort((a, b) => a.notAfter.localeCompare(b.notAfter));
}

function ownSigning(context: OfficeContext): Found[] {
  const { read } = context.vault;
  const office = getOwnVault(read).office.id;
  const listed = findCurrentCard(read, office)?.body.persons ?? [];
  const persons = [...listed, ...listCandidates(read).map(({ person }) => person)];
  const distinct = new Map(persons.map((person) => [person.certificate, person]));
  return [...distinct.values()].flatMap(({ name, certificate: der, notAfter }) => {
    const certificate = toCertificate(context, der);
    const here = findSigningKey(read, certificate.sha256) !== null;
    return [{ use: 'signing' as const, own: here, office, name, certificate, end: earlier(certificate, notAfter) }];
  });
}

function ownKeys({ vault: { read } }: OfficeContext): Found[] {
  const office = getOwnVault(read).office;
  return (['encryption', 'receipt'] as const).flatMap((use) =>
    listVaultKeys(read, use)
      .filter(({ key, status }) => {
        key?.fill(0);
        return status === 'active';
      })
      .map((row) => {
        const certificate = parseCertificate(row.certificate);
        return { use, own: true, office: office.id, name: office.name, certificate, end: certificate.notAfter };
      }),
  );
}

/** Other offices, and our own other devices, whose keys are theirs to renew. */
function counterparts(context: OfficeContext): Found[] {
  const { read } = context.vault;
  const own = getOwnVault(read);
  return listCurrentCards(read).flatMap(({ body }) =>
    body.office.id === own.office.id ? deviceKeys(context, body, own.vault) : ofCard(context, body),
  );
}

function ofCard(context: OfficeContext, card: OfficeCard): Found[] {
  const { id: office, name: officeName } = card.office;
  const persons = card.persons.map(({ name, certificate: der, notAfter }) => {
    const certificate = toCertificate(context, der);
    const end = earlier(certificate, notAfter);
    return { use: 'signing' as const, own: false, office, name: `${name}, ${officeName}`, certificate, end };
  });
  return [...persons, ...deviceKeys(context, card, null)];
}

function deviceKeys(context: OfficeContext, { office, vaults }: OfficeCard, except: string | null): Found[] {
  return vaults
    .filter(({ id, status }) => status === 'active' && id !== except)
    .flatMap(({ encryptionCertificate, receiptCertificate }) => {
      const common = { own: false, office: office.id, name: office.name };
      const encryption = toCertificate(context, encryptionCertificate);
      const receipt = toCertificate(context, receiptCertificate);
      return [
        { ...common, use: 'encryption' as const, certificate: encryption, end: encryption.notAfter },
        { ...common, use: 'receipt' as const, certificate: receipt, end: receipt.notAfter },
      ];
    });
}

function anchors(context: OfficeContext): Found[] {
  return listTrust(context)
    .filter(({ confirmedAt }) => confirmedAt !== null)
    .map(({ certificate, validUntil }) => ({
      use: 'anchor' as const,
      own: true,
      office: null,
      name: certificate.subjectText,
      certificate,
      end: earlier(certificate, validUntil),
    }));
}

function stampers(context: OfficeContext): Found[] {
  return listStampers(context).map((certificate) => ({
    use: 'timestamp' as const,
    own: false,
    office: null,
    name: certificate.subjectText,
    certificate,
    end: certificate.notAfter,
  }));
}

/** A card or a person may end it before the certificate does. */
function earlier({ notAfter }: Certificate, bound: Instant | null): Date {
  const end = bound === null ? notAfter : new Date(bound);
  return end < notAfter ? end : notAfter;
}
