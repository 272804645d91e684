import type { OfficeId } from '../../shared/model/brand.ts';
import type { EvidenceCard } from '../../shared/model/evidence-report.ts';
import type { OfficeCard } from '../../shared/model/office-card.ts';
import { cardFingerprint, judgeCard, sameFingerprint } from '../exchange/card-trust.ts';
import { endOf, type Judged, type Judging, judgeContainer, pinnedBy, readContainer } from './judge-containers.ts';
import type { BundleFile } from './read-bundle.ts';

export interface JudgedCards {
  readonly reports: readonly EvidenceCard[];
  readonly judged: readonly Judged[];
  /** Paths of files that are no cards. */
  readonly strangers: readonly string[];
  /** Cards of an office whose own signature holds, the newest first. */
  readonly of: (office: OfficeId | null) => readonly OfficeCard[];
}

/**
 * The cards that a bundle binds its senders by. A bundle can bring any card: it counts fully where its signer's certificate leads to an anchor of the verifier and names the office's
 * code, where the verifier compared its fingerprint, or where the key of an earlier card that counts signed it. All others are shown and decide nothing for good.
 *
 * @param fingerprints that the verifier compared out of band
 */
export async function judgeCards(
  files: readonly BundleFile[],
  fingerprints: readonly string[],
  judging: Judging,
): Promise<JudgedCards> {
  const named: { readonly file: BundleFile; readonly card: OfficeCard | null }[] = [];
  for (const file of files) {
    const message = (await readContainer(file)).profile?.message;
    named.push({ file, card: message?.kind === 'card' ? message.card : null });
  }
  named.sort((a, b) => (a.card?.version ?? 0) - (b.card?.version ?? 0));
  const known = new Map<OfficeId, { readonly card: OfficeCard; readonly counts: boolean }[]>();
  const reports: EvidenceCard[] = [];
  const all: Judged[] = [];
  for (const { file, card } of named) {
    if (card === null) continue;
    const earlier = known.get(card.office.id) ?? [];
    const { report, judged, holds } = await judgeOne(file, card, earlier, fingerprints, judging);
    reports.push(report);
    all.push(judged);
    if (holds) known.set(card.office.id, [...earlier, { card, counts: report.restsOn !== 'nothing' }]);
  }
  return {
    reports,
    judged: all,
    strangers: named.flatMap(({ file, card }) => (card === null ? [file.path] : [])),
    of: (office) => (office === null ? [] : (known.get(office) ?? []).map(({ card }) => card).reverse()),
  };
}

async function judgeOne(
  file: BundleFile,
  card: OfficeCard,
  earlier: readonly { readonly card: OfficeCard; readonly counts: boolean }[],
  fingerprints: readonly string[],
  judging: Judging,
): Promise<{ readonly report: EvidenceCard; readonly judged: Judged; readonly holds: boolean }> {
  const container = await readContainer(file);
  const byAnchors = await judgeContainer(container, null, [], judging);
  const code = byAnchors.signer?.organizationIdentifier ?? null;
  const anchored = byAnchors.indication === 'TOTAL_PASSED' && code === card.office.id;
  const judged = anchored ? byAnchors : await judgeContainer(container, null, pinnedBy([card]), judging);
  const named = code === null || code === card.office.id;
  const isCurrent = named && isOwnWord(judged, card, judging.at);
  // Its signer's time may have ended since: without a proof that it is older that is open, and no fault of the card's
  const own = isCurrent || (named && isOwnWord(judged, card, endOfSigner(judged, card, judging.at)));
  const fingerprint = cardFingerprint(card);
  const holds = judged.indication !== 'TOTAL_FAILED' && own && judged.m === file.name;
  const compared = fingerprints.some((one) => sameFingerprint(one, fingerprint));
  const restsOn = holds ? basisOf(judged, card, earlier, { anchored, compared, at: judging.at }) : 'nothing';
  const undecided = holds && judged.indication === 'TOTAL_PASSED' && (restsOn === 'nothing' || !isCurrent);
  const report: EvidenceCard = {
    m: judged.m ?? (file.sha256 as EvidenceCard['m']),
    office: card.office.id,
    name: card.office.name,
    version: card.version,
    fingerprint,
    restsOn,
    indication: undecided ? 'INDETERMINATE' : holds || isOpen(judged) ? judged.indication : 'TOTAL_FAILED',
    subIndication: judged.subIndication,
    code: holds ? (undecided ? 'EVIDENCE_CARD_OPEN' : judged.code) : (judged.code ?? 'CARD_NOT_SIGNED_BY_OFFICE'),
    provenAt: judged.provenAt,
  };
  return { report, judged, holds };
}

/** What makes a card count, the strongest first. An earlier card that counts has a say: who may not sign cards by it cannot give themselves the right. */
function basisOf(
  { signer, provenAt }: Judged,
  card: OfficeCard,
  earlier: readonly { readonly card: OfficeCard; readonly counts: boolean }[],
  { anchored, compared, at }: { readonly anchored: boolean; readonly compared: boolean; readonly at: Date },
): EvidenceCard['restsOn'] {
  const last = earlier.findLast(({ counts }) => counts)?.card;
  const when = provenAt === null ? at : new Date(provenAt);
  const decision =
    last === undefined || signer === null
      ? null
      : judgeCard({ incoming: card, signer: signer.sha256, current: last, fingerprint: null, at: when });
  if (decision?.kind === 'refuse') return 'nothing';
  if (anchored) return 'anchor';
  if (compared) return 'fingerprint';
  const isVouchedFor = decision?.kind === 'apply' || (decision?.kind === 'pending' && !decision.comparison);
  return isVouchedFor ? 'earlier-card' : 'nothing';
}

function endOfSigner({ signer }: Judged, card: OfficeCard, at: Date): Date {
  const end = signer === null ? null : endOf([card], signer.sha256);
  return end !== null && end < at ? end : at;
}

const isOpen = ({ code }: Judged): boolean => code === 'ALGORITHM_NOT_AVAILABLE';

/** Whether somebody whom the card itself lets sign cards signed it: at that time or, where that is proven, at an earlier one. */
function isOwnWord({ message, signer, provenAt }: Judged, card: OfficeCard, at: Date): boolean {
  if (message?.kind !== 'card' || signer === null || message.sender.office !== card.office.id) return false;
  const when = provenAt === null || new Date(provenAt) > at ? at : new Date(provenAt);
  const facts = { incoming: card, signer: signer.sha256, current: null, fingerprint: null, at: when };
  return judgeCard(facts).kind !== 'refuse';
}
