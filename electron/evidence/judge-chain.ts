import { LIMITS } from '../../shared/limits.ts';
import type { M, OfficeId } from '../../shared/model/brand.ts';
import type { EvidenceReport } from '../../shared/model/evidence-report.ts';
import type { ActMessage, EnclosureMessage, ReceiptMessage } from '../../shared/model/message.ts';
import type { OfficeCard } from '../../shared/model/office-card.ts';
import type { MatterParties } from '../../shared/procedures/fold-matter.ts';
import { findLead, isOpening, officesOf, ownsMatter } from '../exchange/admission.ts';
import { countMatter, type MatterCount } from '../exchange/count-matter.ts';
import { findHeads } from '../exchange/heads.ts';
import type { PositionClaim } from '../exchange/order.ts';
import { findUnacknowledged } from './find-unacknowledged.ts';

export interface HeldMessage<T> {
  readonly m: M;
  readonly message: T;
}

export interface ChainInput {
  /** Verified and bound, all of one matter. */
  readonly acts: readonly HeldMessage<ActMessage>[];
  readonly enclosures: readonly HeldMessage<EnclosureMessage>[];
  /** Those that match their messages, or whose message is not here. */
  readonly receipts: readonly HeldMessage<ReceiptMessage>[];
  readonly exportedBy: OfficeId;
  readonly cardsOf: (office: OfficeId | null) => readonly OfficeCard[];
}

export interface Chain {
  readonly parties: (MatterParties & { readonly participants: readonly OfficeId[] }) | null;
  readonly count: MatterCount | null;
  readonly gaps: EvidenceReport['gaps'];
  /** Signed words that contradict each other: of the lead, or of an author at one place. */
  readonly equivocations: readonly M[];
  readonly heads: readonly M[];
}

/** What order, state and gaps the acts and receipts of a bundle give: computed by the same code as in every office's vault. */
export function judgeChain(input: ChainInput): Chain {
  const { acts, receipts, cardsOf } = input;
  const openings = findOpenings(acts);
  const [opening] = openings;
  const parties = opening === undefined || openings.length > 1 ? null : partiesOf(opening.message);
  const held = new Map(acts.map(({ m, message }) => [m, message]));
  const claims = parties === null ? [] : claimsOf(receipts, parties.lead, cardsOf);
  const count = parties === null ? null : countMatter(parties, claims, held);
  return {
    parties,
    count,
    gaps: findGaps(input, claims, count),
    equivocations: [...(count?.conflict?.messages ?? []), ...rivalsOf(acts), ...openings.slice(1).map(({ m }) => m)],
    heads: findHeads(acts.map(({ m, message }) => ({ m, parents: message.parents, prev: message.prev }))),
  };
}

/** A refused opening of somebody else lies in a bundle like anything else: where the matter's id names its opener, that one alone opens. */
function findOpenings(acts: ChainInput['acts']): ChainInput['acts'] {
  const openings = acts.filter(({ message }) => isOpening(message));
  const owned = openings.filter(({ message }) => ownsMatter(message));
  return owned.length > 0 ? owned : openings;
}

function partiesOf(opening: ActMessage): Chain['parties'] {
  const lead = findLead(opening);
  const opener = opening.author.office;
  if (lead === null || opener === null) return null;
  return { type: opening.type, opener, lead, participants: officesOf(opening) };
}

/** Only a registrar of the lead gives places (protocol.md 2), by any of its cards. */
function claimsOf(
  receipts: readonly HeldMessage<ReceiptMessage>[],
  lead: OfficeId,
  cardsOf: ChainInput['cardsOf'],
): PositionClaim[] {
  const registrars = new Set(
    cardsOf(lead).flatMap(({ vaults }) => vaults.filter(({ registrar }) => registrar).map(({ id }) => id)),
  );
  return receipts.flatMap(({ m, message: { receipt } }): PositionClaim[] => {
    const { pos, posPrev, message, receivedAt, supersedes, office, vault, kind } = receipt;
    if (pos === null || kind !== 'delivered' || office !== lead || !registrars.has(vault)) return [];
    return [{ pos, posPrev, message: message as M, receipt: m, receivedAt, supersedes: supersedes as M | null }];
  });
}

/** Two acts at one place of an author's sequence. */
function rivalsOf(acts: readonly HeldMessage<ActMessage>[]): M[] {
  return [...Map.groupBy(acts, ({ message }) => placeOf(message)).values()]
    .filter((at) => at.length > 1)
    .flatMap((at) => at.map(({ m }) => m));
}

const authorOf = ({ author: { office, vault, epoch } }: ActMessage): string => `${office} ${vault} ${epoch}`;
const placeOf = (message: ActMessage): string => `${authorOf(message)} ${message.seq}`;

function findGaps(
  { acts, enclosures, receipts, exportedBy }: ChainInput,
  claims: readonly PositionClaim[],
  count: MatterCount | null,
): EvidenceReport['gaps'] {
  const here = new Set<string>([...acts, ...enclosures].map(({ m }) => m));
  const cited = acts.flatMap(({ message }) => message.enclosures);
  const mine = (offices: readonly OfficeId[], author: OfficeId | null): boolean =>
    offices.includes(exportedBy) || author === exportedBy;
  const shownTo = new Map(
    acts.flatMap(({ message }) =>
      message.enclosures.map((one) => [one.message as string, mine(one.offices, message.author.office)] as const),
    ),
  );
  const named = [
    ...acts.flatMap(({ message: { parents, prev } }) => (prev === null ? parents : [...parents, prev])),
    ...cited.filter(({ message }) => shownTo.get(message) === true).map(({ message }) => message),
    ...receipts.flatMap(({ message: { receipt } }) => [receipt.message, ...receipt.heads, receipt.posPrev]),
  ].filter((m) => m !== null);
  const absent = (all: readonly string[]): M[] => [...new Set(all)].filter((m) => !here.has(m)).sort() as M[];
  const notShown = absent(cited.filter(({ message }) => shownTo.get(message) === false).map(({ message }) => message));
  const hidden = new Set<string>(notShown);
  const counted = new Set(count?.acts.map(({ m }) => m));
  const highest = Math.max(0, ...claims.map(({ pos }) => pos));
  const proven = new Set(claims.map(({ pos }) => pos));
  return {
    unresolved: absent(named).filter((m) => !hidden.has(m)),
    sequence: emptyPlaces(acts.map(({ message }) => message)),
    positions: placesWithout(highest, proven),
    unacknowledged: findUnacknowledged(
      acts.map(({ m, message }) => ({ m, office: message.author.office })),
      receipts.map(({ message }) => message.receipt),
    ),
    uncounted: acts.filter(({ m }) => !counted.has(m)).map(({ m }) => m),
    notShown,
  };
}

function emptyPlaces(acts: readonly ActMessage[]): string[] {
  return [...Map.groupBy(acts, authorOf)].flatMap(([author, own]) => {
    const seqs = new Set(own.map(({ seq }) => seq));
    return placesWithout(Math.max(...seqs), seqs).map((seq) => `${author} ${seq}`);
  });
}

/** The first hundred from 1 that nothing fills. The last is its signer's word, and may be any number: beyond what a bundle can hold nobody counts. */
function placesWithout(last: number, filled: ReadonlySet<number>): number[] {
  return Array.from({ length: Math.min(last, LIMITS.entries) }, (_, index) => index + 1)
    .filter((place) => !filled.has(place))
    .slice(0, 100);
}
