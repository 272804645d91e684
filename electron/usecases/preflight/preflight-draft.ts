import type { Finding, PreflightDocument } from '../../../shared/procedures/preflight/finding.ts';
import type { DraftRow } from '../../vault/repositories/drafts.ts';
import { findMatter } from '../../vault/repositories/matters.ts';
import { listStaged, type StagedRow } from '../../vault/repositories/staged-documents.ts';
import type { OfficeContext } from '../context.ts';
import { actOf, procedureOf, recipientsOf } from '../drafts/draft-of.ts';
import { preflightAct } from './preflight-act.ts';

/** What stops a draft, and what to expect of it. @throws AppError ACT_NOT_ALLOWED, FORM_INVALID where the draft is of nothing that is known here */
export function preflightDraft(context: OfficeContext, draft: DraftRow): Finding[] {
  const db = context.vault.read;
  const procedure = procedureOf(draft);
  return preflightAct(context, {
    procedure,
    act: actOf(procedure, draft.act),
    form: draft.form,
    documents: listStaged(db, draft.id).map(toDocument),
    matter: draft.matter === null ? null : findMatter(db, draft.matter),
    recipients: recipientsOf(db, draft),
  });
}

function toDocument({ name, kind, mediaType, size, sha256, code }: StagedRow): PreflightDocument {
  const state = sha256 !== null ? 'ready' : code === null ? 'hashing' : 'failed';
  return { name, kind, mediaType, size, sha256, state };
}
