import { AppError } from '../../../../shared/errors.ts';
import type { ActFact, ActQuestion } from '../../../../shared/model/act-question.ts';
import { ANCHOR_SCOPES } from '../../../../shared/model/anchor-scope.ts';
import type { Sha256 } from '../../../../shared/model/brand.ts';
import type { Settings } from '../../../../shared/model/settings.ts';
import type { TrustNetwork, TsaSetting } from '../../../../shared/model/trust-network.ts';
import { readCertificates } from '../../../pki/read-certificates.ts';
import { type AnchorTerms, findAnchor } from '../../../vault/repositories/trust.ts';
import type { OfficeContext } from '../../context.ts';
import { showSettings } from '../../settings.ts';
import { getTrustNetwork } from '../../trust/network-settings.ts';
import { findUpdateAddress } from '../../updates/update-settings.ts';

/** The certificates of a file that are to be trusted, each by its whole name. @throws AppError CERTIFICATE_MALFORMED */
export function askAnchors(bytes: Buffer, chosen: readonly Sha256[]): ActQuestion {
  const facts = readCertificates(bytes)
    .filter(({ sha256 }) => chosen.includes(sha256))
    .map(({ subjectText, sha256 }): ActFact => ({ name: 'certificate', value: subjectText, fingerprint: sha256 }));
  return { act: 'trustAnchors', subject: '', facts };
}

/** Null where the anchor vouches for no more than before. @throws AppError ANCHOR_UNKNOWN */
export function askAnchorTerms({ vault }: OfficeContext, sha256: Sha256, next: AnchorTerms): ActQuestion | null {
  const before = findAnchor(vault.read, sha256);
  if (before === null) throw new AppError('ANCHOR_UNKNOWN');
  const scopes = ANCHOR_SCOPES.filter((scope) => next.scopes.includes(scope) && !before.scopes.includes(scope));
  const earlier = isEarlier(next.validFrom, before.validFrom);
  const later = isEarlier(negated(next.validUntil), negated(before.validUntil));
  if (scopes.length === 0 && !earlier && !later) return null;
  const facts: ActFact[] = [
    { name: 'certificate', value: before.subject, fingerprint: sha256 },
    ...scopes.map((scope): ActFact => ({ name: 'scope', value: scope })),
    ...(earlier ? [{ name: 'from' as const, value: next.validFrom ?? '–' }] : []),
    ...(later ? [{ name: 'until' as const, value: next.validUntil ?? '–' }] : []),
  ];
  return { act: 'anchorTerms', subject: before.subject, facts };
}

/** Milliseconds of a bound; no bound lies before every other. */
function isEarlier(next: string | number | null, before: string | number | null): boolean {
  const time = (bound: string | number | null): number =>
    bound === null ? Number.NEGATIVE_INFINITY : typeof bound === 'number' ? bound : Date.parse(bound);
  return time(next) < time(before);
}

const negated = (bound: string | null): number | null => (bound === null ? null : -Date.parse(bound));

/** Null where nobody may be asked who might not be asked before. */
export function askNetwork({ vault }: OfficeContext, next: TrustNetwork): ActQuestion | null {
  const before = getTrustNetwork(vault.read);
  const tsaText = ({ url, policy }: TsaSetting): string => (policy === null ? url : `${url} (${policy})`);
  const known = new Set(before.tsas.map(tsaText));
  const facts: ActFact[] = [
    ...added(next.hosts, before.hosts).map((value): ActFact => ({ name: 'host', value })),
    ...added(next.addresses, before.addresses).map((value): ActFact => ({ name: 'private', value })),
    ...next.tsas
      .map(tsaText)
      .filter((text) => !known.has(text))
      .map((value): ActFact => ({ name: 'timestamps', value })),
    ...(next.proxy === before.proxy ? [] : [{ name: 'proxy' as const, value: next.proxy ?? '–' }]),
  ];
  return facts.length === 0 ? null : { act: 'network', subject: '', facts };
}

const added = (next: readonly string[], before: readonly string[]): string[] =>
  next.filter((one) => !before.includes(one));

/** From the strictest. */
const POLICIES: readonly Settings['revocation'][] = ['require', 'soft', 'off'];

/** Null unless certificates of which nobody knows whether they were revoked would count for more than before. */
export function askSettings({ vault }: OfficeContext, { revocation }: Partial<Settings>): ActQuestion | null {
  const before = showSettings(vault.read).revocation;
  if (revocation === undefined || POLICIES.indexOf(revocation) <= POLICIES.indexOf(before)) return null;
  return { act: 'revocation', subject: '', facts: [{ name: 'policy', value: revocation }] };
}

/** Null where the program asks nobody else for its updates. */
export function askUpdateAddress({ vault }: OfficeContext, address: string | null): ActQuestion | null {
  if (address === null || address === findUpdateAddress(vault.read)) return null;
  return { act: 'updateAddress', subject: '', facts: [{ name: 'address', value: address }] };
}
