import { holdsAll } from '../condition.ts';
import type { DocumentRule } from '../procedure.ts';
import {
  type Check,
  type Finding,
  found,
  type PreflightDocument,
  type PreflightDraft,
  type PreflightRecipient,
} from './finding.ts';

/**
 * What offices open without asking: 版式 and office formats, scans, recordings. By suffix alone. Where a card says what its office opens, that counts instead;
 * either way it is advice.
 */
const USUAL_SUFFIXES = new Set(
  'pdf ofd doc docx wps xls xlsx et ppt pptx txt csv xml json jpg jpeg png tif tiff bmp mp3 wav mp4 avi zip'.split(' '),
);

export const checkDocuments: Check = (draft, { recipients }) => {
  const findings = [
    ...draft.documents.flatMap((document) => checkOne(document, recipients)),
    ...checkMissing(draft),
    ...checkRepeated(draft),
    ...checkSlots(draft),
  ];
  const complete = draft.act.documents.length > 0 && findings.every(({ level }) => level !== 'failure');
  return complete ? [...findings, found('passed', 'documents-complete')] : findings;
};

function checkOne(
  { name, kind, size, state }: PreflightDocument,
  recipients: readonly PreflightRecipient[],
): Finding[] {
  const about = { params: { name }, slot: kind };
  if (state !== 'ready')
    return [found('failure', state === 'failed' ? 'document-failed' : 'document-unfinished', about)];
  if (size === 0) return [found('advice', 'document-empty', about)];
  const suffix = /\.([A-Za-z0-9]{1,8})$/u.exec(name)?.[1]?.toLowerCase() ?? '';
  const unread = recipients.filter(({ formats }) => formats !== null && !formats.includes(suffix));
  const silent = recipients.length === 0 || recipients.some(({ formats }) => formats === null);
  return [
    ...unread.map(({ office }) =>
      found('advice', 'document-unread', { ...about, params: { name, office: office.name } }),
    ),
    ...(silent && !USUAL_SUFFIXES.has(suffix) ? [found('advice', 'document-format', about)] : []),
  ];
}

/** The rules that hold for this form. */
export function listRules({ act, opening, form }: Pick<PreflightDraft, 'act' | 'opening' | 'form'>): DocumentRule[] {
  return act.documents.filter(({ when }) => holdsAll(when, { opening, form }));
}

function checkMissing(draft: PreflightDraft): Finding[] {
  const given = new Set(draft.documents.map(({ kind }) => kind));
  return listRules(draft)
    .filter(({ mandatory, kinds }) => mandatory && !kinds.some((kind) => given.has(kind)))
    .map(({ id }) => found('failure', 'document-missing', { params: { slot: id }, slot: id }));
}

/** The same content twice, whatever its name. */
function checkRepeated({ documents }: PreflightDraft): Finding[] {
  const known = documents.filter(({ sha256 }) => sha256 !== null);
  return [...Map.groupBy(known, ({ sha256 }) => sha256).values()].flatMap(([first, ...others]) =>
    others.map(({ name, kind }) =>
      found('advice', 'document-duplicate', { params: { name, other: first?.name ?? '' }, slot: kind }),
    ),
  );
}

/** Two files of a kind that usually has one, and files that no slot knows. */
function checkSlots(draft: PreflightDraft): Finding[] {
  const rules = draft.act.documents;
  if (rules.length === 0) return [];
  return [...Map.groupBy(draft.documents, ({ kind }) => kind)].flatMap(([kind, [first, ...others]]) => {
    const rule = rules.find(({ kinds }) => kinds.includes(kind));
    if (rule === undefined) {
      return [found('advice', 'document-without-slot', { params: { name: first?.name ?? '' }, slot: kind })];
    }
    if (others.length === 0 || rule.many === true) return [];
    return [found('advice', 'slot-twice', { params: { slot: rule.id, count: others.length + 1 }, slot: rule.id })];
  });
}
