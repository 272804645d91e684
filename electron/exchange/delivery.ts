import type { ErrorCode } from '../../shared/errors.ts';
import type { Instant, OfficeId } from '../../shared/model/brand.ts';
import type { ReceiptKind } from '../../shared/model/vocabulary.ts';

/** One colour per message (protocol.md 3): green delivered, orange posted, red refused, expired or undeliverable, grey before all that. "Sent" does not exist. */
export type DeliveryStatus = 'queued' | 'posted' | 'delivered' | 'refused' | 'expired' | 'undeliverable';

export type DeliveryColour = 'grey' | 'orange' | 'green' | 'red';

export interface DeliveryReceipt {
  readonly kind: ReceiptKind;
  readonly office: OfficeId;
  readonly receivedAt: Instant;
  readonly code: ErrorCode | null;
}

export interface DeliveryCopy {
  readonly office: OfficeId;
  readonly state: 'queued' | 'posted' | 'frozen' | 'cancelled';
  readonly postedAt: Instant | null;
}

export interface OfficeDelivery {
  readonly office: OfficeId;
  readonly status: DeliveryStatus;
  readonly colour: DeliveryColour;
  /** When the status began, where anybody says so: claimed by the counterpart for receipts. */
  readonly at: Instant | null;
  /** Why it was refused. */
  readonly code: ErrorCode | null;
  /** First `opened` receipt. */
  readonly openedAt: Instant | null;
}

const COLOURS: Readonly<Record<DeliveryStatus, DeliveryColour>> = {
  queued: 'grey',
  posted: 'orange',
  delivered: 'green',
  refused: 'red',
  expired: 'red',
  undeliverable: 'red',
};

/** @param givenUp whether a record of non-delivery stands that no receipt has superseded */
export function deliveryTo(
  office: OfficeId,
  receipts: readonly DeliveryReceipt[],
  copies: readonly DeliveryCopy[],
  givenUp = false,
): OfficeDelivery {
  const own = receipts.filter((receipt) => receipt.office === office);
  const first = (kind: ReceiptKind): DeliveryReceipt | null =>
    own.filter((receipt) => receipt.kind === kind).sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1))[0] ?? null;
  const delivered = first('delivered');
  const refused = first('refused');
  const sent = copies.filter((copy) => copy.office === office);
  const status = toStatus(delivered !== null, refused !== null, sent, givenUp);
  const postedAt = sent.map((copy) => copy.postedAt).find((at) => at !== null) ?? null;
  return {
    office,
    status,
    colour: COLOURS[status],
    at: delivered?.receivedAt ?? refused?.receivedAt ?? postedAt,
    code: status === 'refused' ? (refused?.code ?? null) : null,
    openedAt: first('opened')?.receivedAt ?? null,
  };
}

function toStatus(
  delivered: boolean,
  refused: boolean,
  copies: readonly DeliveryCopy[],
  givenUp: boolean,
): DeliveryStatus {
  if (delivered) return 'delivered';
  if (refused) return 'refused';
  const posted = copies.some(({ state }) => state === 'posted');
  if (givenUp) return posted ? 'expired' : 'undeliverable';
  if (posted) return 'posted';
  return copies.length > 0 && copies.every(({ state }) => state === 'cancelled') ? 'undeliverable' : 'queued';
}

/** The colour of the whole message: the worst of its offices, red before grey before orange before green. */
export function worstColour(offices: readonly OfficeDelivery[]): DeliveryColour {
  const order: readonly DeliveryColour[] = ['red', 'grey', 'orange', 'green'];
  return order.find((colour) => offices.some((office) => office.colour === colour)) ?? 'grey';
}
