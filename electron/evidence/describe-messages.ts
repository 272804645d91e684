import type { M, OfficeId } from '../../shared/model/brand.ts';
import type { EvidenceMessage, EvidenceReceipt } from '../../shared/model/evidence-report.ts';
import type { JudgedCards } from './judge-cards.ts';
import type { Chain } from './judge-chain.ts';
import type { Judged } from './judge-containers.ts';

/** Acts and enclosures with what was receipted of them, in the lead's order and then those without a place. */
export function describeMessages(
  messages: readonly Judged[],
  receipts: readonly Judged[],
  { count }: Pick<Chain, 'count'>,
  cards: Pick<JudgedCards, 'of'>,
): EvidenceMessage[] {
  const places = new Map(count?.acts.map((act) => [act.m as string, act]));
  const described = messages.flatMap((one): EvidenceMessage[] => {
    const { message, m } = one;
    if (m === null || (message?.kind !== 'act' && message?.kind !== 'enclosure')) return [];
    const place = places.get(m);
    const { office, person } = message.sender;
    if (office === null) return [];
    return [
      {
        ...verdictOf(one, m),
        kind: message.kind,
        act: place?.id ?? (message.kind === 'act' ? message.act : null),
        office,
        person: nameOf(cards, office, person),
        signer: one.signer?.subjectText ?? null,
        createdAt: message.createdAt,
        pos: place?.pos ?? null,
        voidCode: place?.voidCode ?? null,
        documents: message.documents.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
        receipts: receipts.flatMap((receipt) => describeReceipt(receipt, m)),
      },
    ];
  });
  return described.sort((a, b) => (a.pos ?? Infinity) - (b.pos ?? Infinity));
}

/** As the office's newest card that lists the person has it. */
function nameOf({ of }: Pick<JudgedCards, 'of'>, office: OfficeId, person: string | null): string | null {
  const known = of(office).flatMap(({ persons }) => persons);
  return known.find(({ id }) => id === person)?.name ?? null;
}

function describeReceipt(one: Judged, about: string): EvidenceReceipt[] {
  const { message, m } = one;
  if (m === null || message?.kind !== 'receipt' || message.receipt.message !== about) return [];
  const { kind, office, receivedAt, pos } = message.receipt;
  return [{ ...verdictOf(one, m), kind, office, receivedAt, pos }];
}

function verdictOf({ indication, subIndication, code, provenAt, report }: Judged, m: M) {
  const stampedBy = provenAt === null ? null : (report.signers[0]?.timestampAuthority ?? null);
  return { m, indication, subIndication, code, provenAt, stampedBy };
}
