import type { OfficeId } from '../../../shared/model/brand.ts';
import { parseChannelConfig } from '../../../shared/model/channel-config.ts';
import type { Form } from '../../../shared/model/forms/form.ts';
import type { ActMessage } from '../../../shared/model/message.ts';
import type { ProcedureType } from '../../../shared/model/vocabulary.ts';
import { civilMomentAt, formatCivilMoment } from '../../../shared/procedures/clock/civil-date.ts';
import { findProcedureByName } from '../../../shared/procedures/find-procedure.ts';
import type {
  Finding,
  PreflightDocument,
  PreflightFacts,
  PreflightRecipient,
} from '../../../shared/procedures/preflight/finding.ts';
import { preflight } from '../../../shared/procedures/preflight/preflight.ts';
import type { Procedure, ProcedureAct } from '../../../shared/procedures/procedure.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { findCurrentCard } from '../../vault/repositories/cards.ts';
import { listOfficeChannels } from '../../vault/repositories/channels.ts';
import { listMattersTitled, type MatterRow } from '../../vault/repositories/matters.ts';
import type { OfficeContext } from '../context.ts';
import { findOpening } from '../matters/find-opening.ts';
import { matterTitle } from '../matters/matter-title.ts';
import { findSentBefore } from './find-sent-before.ts';

/** An act before it is sealed, wherever it was written. */
export interface PlannedAct {
  readonly procedure: Procedure;
  readonly act: ProcedureAct;
  readonly form: Form;
  readonly documents: readonly PreflightDocument[];
  /** Null: it opens one. */
  readonly matter: MatterRow | null;
  /** Our own office left out; of a new matter the leading one first. */
  readonly recipients: readonly OfficeId[];
}

/** Brings together what the vault knows and asks the checks: failures first. Reads only. */
export function preflightAct(context: OfficeContext, planned: PlannedAct): Finding[] {
  const { vault, now } = context;
  const db = vault.read;
  const { procedure, act, form, documents, matter, recipients } = planned;
  const opening = (matter === null ? null : findOpening(db, matter.id)?.form) ?? form;
  const facts: PreflightFacts = {
    today: civilMomentAt(now().getTime()).date,
    lead: matter?.lead ?? recipients[0] ?? ('' as OfficeId),
    recipients: recipients.flatMap((office) => toRecipient(db, office)),
    sameTitle: matter === null ? countSameTitle(db, procedure.type, form) : 0,
    sentBefore: matter === null ? tellSentBefore(context, planned) : null,
  };
  return preflight({ procedure, act, opening, form, documents }, facts);
}

function toRecipient(db: ReadableDb, office: OfficeId): PreflightRecipient[] {
  const card = findCurrentCard(db, office);
  if (card === null) return [];
  const routes = listOfficeChannels(db, office).map(({ kind, config }) => {
    const parsed = parseChannelConfig(kind, config);
    return { kind, largest: parsed?.kind === 'mail' ? parsed.config.largest : null };
  });
  const { office: named, types, formats = null } = card.body;
  return [{ office: named, types, formats, routes }];
}

function tellSentBefore(context: OfficeContext, planned: PlannedAct): PreflightFacts['sentBefore'] {
  const { procedure, form, recipients, documents } = planned;
  const before = findSentBefore(context, { type: procedure.type, form, recipients }, documents);
  if (before === null) return null;
  return { matter: before.id, at: formatCivilMoment(civilMomentAt(Date.parse(before.openedAt))).replace('T', ' ') };
}

function countSameTitle(db: ReadableDb, type: ProcedureType, form: Form): number {
  const title = matterTitle({ type, form: form as ActMessage['form'] });
  return listMattersTitled(db, type, title).filter(isOpen).length;
}

function isOpen({ procedure, state }: MatterRow): boolean {
  const states = findProcedureByName(procedure ?? '')?.states ?? [];
  return !states.some(({ id, kind }) => id === state && kind === 'final');
}
