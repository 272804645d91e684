import type { ErrorCode } from '../../shared/errors.ts';
import type { M, OfficeId } from '../../shared/model/brand.ts';
import type { ActMessage, EnclosureMessage } from '../../shared/model/message.ts';
import type { ProcedureType } from '../../shared/model/vocabulary.ts';
import { deriveMatterId } from './matter-id.ts';

/**
 * What becomes of a verified, bound act or enclosure. Novelty is a state of the inbox, never part of a verdict (protocol.md 2).
 * `refuse` is answered by a signed receipt, `reject` by silence, `hold` waits for something and is asked again.
 */
export type Admission =
  | { readonly kind: 'accept' }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'hold'; readonly code: ErrorCode }
  | { readonly kind: 'refuse'; readonly code: ErrorCode; readonly alarm: boolean; readonly rivals: readonly M[] }
  | { readonly kind: 'reject'; readonly code: ErrorCode };

export interface AdmissionFacts {
  readonly ownOffice: OfficeId;
  /** Status of the stored message with this M; null where there is none. */
  readonly known: 'accepted' | 'refused' | 'held' | null;
  /** Null: the opening act has not come yet. */
  readonly matter: MatterFacts | null;
  /** Other accepted messages with this id, or at this place of the author's sequence. */
  readonly rivals: readonly M[];
}

export interface MatterFacts {
  readonly type: ProcedureType;
  readonly participants: readonly OfficeId[];
}

export function admit(message: ActMessage | EnclosureMessage, facts: AdmissionFacts): Admission {
  const { office, vault } = message.author;
  if (office === null || vault === null || message.sender.office !== office) {
    return { kind: 'reject', code: 'MESSAGE_MALFORMED' };
  }
  if (facts.known === 'accepted' || facts.known === 'refused') return { kind: 'duplicate' };
  const participants = facts.matter?.participants ?? openedParticipants(message);
  if (participants === null) return { kind: 'hold', code: 'MATTER_UNKNOWN' };
  // Silence: an answer would tell a stranger which matters exist here.
  if (!participants.includes(office)) return { kind: 'reject', code: 'NOT_A_PARTICIPANT' };
  if (!participants.includes(facts.ownOffice)) return { kind: 'reject', code: 'NOT_A_PARTICIPANT' };
  const refusal = findRefusal(message, facts, participants);
  return refusal ?? { kind: 'accept' };
}

function findRefusal(
  message: ActMessage | EnclosureMessage,
  { matter, rivals }: AdmissionFacts,
  participants: readonly OfficeId[],
): Admission | null {
  const refuse = (code: ErrorCode): Admission => ({ kind: 'refuse', code, alarm: false, rivals: [] });
  if (rivals.length > 0) return { kind: 'refuse', code: 'MESSAGE_EQUIVOCATION', alarm: true, rivals };
  if (!reachesRightOffices(message, participants)) return refuse('PARTICIPANTS_MISMATCH');
  if (message.kind === 'enclosure') return null;
  // A matter that is here already keeps its id, whoever made it and how.
  if (matter === null && !ownsMatter(message)) return refuse('MATTER_NOT_OPENERS');
  if (matter !== null && message.type !== matter.type) return refuse('ACT_NOT_ALLOWED');
  if (matter !== null && isOpening(message)) return refuse('ACT_NOT_ALLOWED');
  return (message.seq === 1) === (message.prev === null) ? null : refuse('SEQUENCE_BROKEN');
}

/** An act goes to all participants, so that all can fold the same; an enclosure to some of them. */
function reachesRightOffices(message: ActMessage | EnclosureMessage, participants: readonly OfficeId[]): boolean {
  const reached = officesOf(message);
  if (!reached.every((office) => participants.includes(office))) return false;
  return message.kind === 'enclosure' || participants.every((office) => reached.includes(office));
}

/** Whether an act opens a matter: nothing comes before it. */
export function isOpening(message: ActMessage): boolean {
  return message.act === 'submit' && message.seq === 1 && message.parents.length === 0;
}

/** Whether the id of the matter names this message's author as its opener: nobody else can open it. */
export function ownsMatter({ author, id, matter }: ActMessage): boolean {
  return author.office !== null && deriveMatterId(author.office, id) === matter;
}

/** Sender and recipients, each once; a null office is nobody's. */
export function officesOf({ author, recipients }: ActMessage | EnclosureMessage): OfficeId[] {
  const offices = [author.office, ...recipients.map(({ office }) => office)];
  return [...new Set(offices.filter((office) => office !== null))];
}

/** The participants of a matter that this act would open; null where it opens none. */
function openedParticipants(message: ActMessage | EnclosureMessage): OfficeId[] | null {
  if (message.kind !== 'act' || !isOpening(message)) return null;
  const offices = officesOf(message);
  return offices.length < 2 ? null : offices;
}

/** The lead of the matter that an act opens: its first recipient office beside the sender's. */
export function findLead(opening: ActMessage): OfficeId | null {
  return (
    opening.recipients
      .map(({ office }) => office)
      .find((office) => office !== null && office !== opening.author.office) ?? null
  );
}
