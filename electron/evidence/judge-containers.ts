import type { OfficeId, Sha256 } from '../../shared/model/brand.ts';
import type { OfficeCard } from '../../shared/model/office-card.ts';
import { bindByCards } from '../exchange/bind-by-cards.ts';
import { digestOf } from '../exchange/bind-sender.ts';
import { newFindings } from '../packages/verify/checks.ts';
import { type ProfileContainer, readProfile } from '../packages/verify/read-profile.ts';
import {
  type ContainerVerdict,
  type SenderBinding,
  type TrustInput,
  verifyContainer,
} from '../packages/verify-container.ts';
import type { ScanResult } from '../packages/zip/entry-scanner.ts';
import { scanContainer } from '../packages/zip/scan-container.ts';
import { type Certificate, parseCertificate } from '../pki/certificate.ts';
import type { RevocationPolicy } from '../pki/path/path-types.ts';
import { judgeProofs } from './judge-proofs.ts';
import type { BundleFile } from './read-bundle.ts';
import type { Pool } from './read-pool.ts';

/**
 * Runs `work` until its answer is final. Where signatures are checked at once that is the first time; where they are checked elsewhere and later (WebCrypto), it is called
 * again until it asks nothing that was not answered.
 */
export type Settle = <T>(work: () => Promise<T>) => Promise<Settled<T>>;

export interface Settled<T> {
  readonly result: T;
  /** Algorithms that nothing here can compute: what `result` says was found without them. */
  readonly missing: readonly string[];
}

export interface Judging {
  readonly anchors: readonly Certificate[];
  readonly revocation: RevocationPolicy;
  /** The moment that the verdict speaks of. */
  readonly at: Date;
  readonly pool: Pool;
  readonly settle: Settle;
}

export interface Judged extends ContainerVerdict {
  readonly file: BundleFile;
  /** By a timestamp that holds. */
  readonly provenAt: string | null;
  /** What stands beside it as its proof and is none. */
  readonly proofFaults: readonly string[];
  /** Timestamps in its signature that prove nothing. */
  readonly worthless: readonly string[];
}

/** `tokens`: timestamps beside the container. */
type Trust = TrustInput & { readonly tokens: readonly Buffer[] };

type Known = ContainerVerdict & Pick<Judged, 'provenAt' | 'proofFaults' | 'worthless'>;

/** The self-signed keys of a card: they stand for its office alone. */
export function pinnedBy(cards: readonly OfficeCard[]): Certificate[] {
  const signing = cards.flatMap(({ persons, vaults }) => [
    ...persons.map(({ certificate }) => certificate),
    ...vaults.map(({ receiptCertificate }) => receiptCertificate),
  ]);
  return [...new Set(signing)].map(parse).filter(({ issuer, subject }) => issuer.equals(subject));
}

const parse = (der: string): Certificate => parseCertificate(Buffer.from(der, 'base64'));

/** A container of a bundle, read once for all that is asked of it: a dossier may be gigabytes. Nothing of it is believed yet. */
export interface ReadContainer {
  readonly file: BundleFile;
  /** Null where its bytes are no entries: the verdict says why. */
  readonly scan: ScanResult | null;
  readonly profile: ProfileContainer | null;
}

export async function readContainer(file: BundleFile): Promise<ReadContainer> {
  const scan = await scanned(file);
  return { file, scan, profile: await readProfile(file.source, scan, newFindings()) };
}

/**
 * Judges one container by the verifier's anchors, what the bundle brings along, and the cards of its sender's office.
 *
 * @param cards of that office, the newest first; null: its sender is judged elsewhere
 */
export async function judgeContainer(
  { file, scan, profile }: ReadContainer,
  cards: readonly OfficeCard[] | null,
  pins: readonly Certificate[],
  { anchors, revocation, at, pool, settle }: Judging,
): Promise<Judged> {
  const trust = {
    anchors: [...anchors, ...pins],
    timestampAnchors: anchors,
    untrusted: [...pool.certificates, ...(cards ?? []).flatMap(({ chain }) => chain.map(parse))],
    crls: pool.crls,
    ocsps: pool.ocsps,
    revocation,
    tokens: pool.tokens.get(file.name ?? '') ?? [],
  } satisfies Trust;
  const renewal = await pool.renewalOf(file.name ?? '');
  const input = {
    container: file.source,
    accept: 'profile',
    ...(scan === null ? {} : { scan }),
  } as const;
  const judgeAsOf = async (when: Date, trust: Trust): Promise<Known> => {
    const proofs = profile === null ? null : judgeProofs(profile, trust.tokens, renewal, trust, when);
    const archivedAt = proofs?.archivedAt ?? null;
    const binding = cards === null ? {} : { binding: bindingBy(cards, at) };
    const verdict = await verifyContainer({ ...input, ...binding, trust, at: archivedAt ?? when });
    const provenAt = verdict.report.signers[0]?.timestamp ?? archivedAt?.toISOString() ?? null;
    return { ...verdict, provenAt, proofFaults: proofs?.faults ?? [], worthless: proofs?.worthless ?? [] };
  };
  const judge = async (when: Date, by: Trust = trust): Promise<Known> => {
    const { result, missing } = await settle(() => judgeAsOf(when, by));
    return missing.length === 0 ? result : undecidedFor(result, missing);
  };
  const now = await judge(at);
  // Lists and answers that were current when the bundle was made still tell what was so then, for what is proven to be older
  const isOpen = now.indication === 'INDETERMINATE' || (now.indication === 'TOTAL_PASSED' && now.provenAt === null);
  const known = isOpen ? knownUntil(trust, at) : null;
  const then = known === null ? null : await judge(known);
  if (known === null || then?.indication !== 'TOTAL_PASSED' || then.provenAt === null) return { ...now, file };
  // What proves it to be older must do so still: the key of a TSA whose certificate has ended may be anybody's, unless a later timestamp covers what it said before
  const { provenAt } = await judge(at, { ...trust, revocation: 'off' });
  return { ...(provenAt !== null && new Date(provenAt) <= known ? then : now), file };
}

/** A signature that nothing here can compute is neither good nor bad, and may have been the one that revokes another. */
function undecidedFor(verdict: Known, missing: readonly string[]): Known {
  const open = { indication: 'INDETERMINATE', subIndication: null, code: 'ALGORITHM_NOT_AVAILABLE' } as const;
  const check = { id: 'algorithm', ok: null, detail: missing.join(', ') };
  return { ...verdict, ...open, report: { ...verdict.report, ...open, checks: [...verdict.report.checks, check] } };
}

async function scanned({ source }: BundleFile): Promise<ScanResult | null> {
  try {
    return await scanContainer(source);
  } catch {
    // the verdict says why
    return null;
  }
}

/** Whose time in the card has ended since and whose signature nothing proves to be older is not thereby shown to have had no right: that is open. */
function bindingBy(cards: readonly OfficeCard[], validation: Date): SenderBinding {
  return (message, signer, at) => {
    const facts = {
      certificate: signer.sha256,
      organizationIdentifier: signer.organizationIdentifier as OfficeId | null,
    };
    const bound = bindByCards(message, facts, cards, at, at < validation ? at : null);
    const end = endOf(cards, signer.sha256);
    if (bound.ok || end === null || end >= at) return bound;
    return bindByCards(message, facts, cards, end, null).ok ? { ok: null } : bound;
  };
}

/** When the last card that names the certificate of a person lets it go. */
export function endOf(cards: readonly OfficeCard[], certificate: Sha256): Date | null {
  const own = cards.flatMap(({ persons }) => persons).filter((person) => digestOf(person.certificate) === certificate);
  return own.length === 0 ? null : new Date(Math.max(...own.map(({ notAfter }) => Date.parse(notAfter))));
}

/** The last moment before `at` of which the revocation data at hand speak. */
export function knownUntil({ crls, ocsps = [] }: Pick<TrustInput, 'crls' | 'ocsps'>, at: Date): Date | null {
  const ends = [
    ...crls.map(({ nextUpdate }) => nextUpdate),
    ...ocsps.flatMap(({ basic }) => basic?.responses.map(({ nextUpdate }) => nextUpdate) ?? []),
  ].flatMap((end) => (end !== null && end < at ? [end.getTime()] : []));
  return ends.length === 0 ? null : new Date(Math.max(...ends));
}
