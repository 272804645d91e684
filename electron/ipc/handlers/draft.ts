import { AppError } from '../../../shared/errors.ts';
import type { draftChannels, signatureChannels } from '../../../shared/ipc/channels/draft.ts';
import type { PersonId } from '../../../shared/model/brand.ts';
import { openChosen, openPasted } from '../../usecases/chosen-files.ts';
import {
  checkDraft,
  listDraftViews,
  listFolderView,
  showDraftView,
  showReview,
  summarizeReview,
  viewDraft,
} from '../../usecases/desk/view-draft.ts';
import { changeDraft, createDraft, handOver, removeDraft, takeBack } from '../../usecases/drafts/edit-draft.ts';
import { markRead } from '../../usecases/drafts/review-draft.ts';
import { reviewList, signDrafts } from '../../usecases/drafts/sign-drafts.ts';
import { changeDocument, removeDocument, stageDocument, takeIn } from '../../usecases/drafts/stage-document.ts';
import { findCurrentPerson } from '../../usecases/settings.ts';
import type { Desk } from '../desk.ts';
import type { HandlersOf } from '../handlers.ts';
import { officeOf, tellChanged } from '../office-of.ts';
import { withSecretText } from '../secret-text.ts';

type Names = keyof typeof draftChannels | keyof typeof signatureChannels;

/** Runs a change of one draft and answers with what it has become. */
function changed(desk: Desk, draft: string, change: () => void) {
  change();
  tellChanged(desk, 'drafts');
  return showDraftView(officeOf(desk), draft);
}

export const draftHandlers: HandlersOf<Names> = {
  'draft:list': (_, desk) => listDraftViews(officeOf(desk)),
  'draft:show': ({ draft }, desk) => showDraftView(officeOf(desk), draft),
  'draft:create': ({ target }, desk) => {
    const office = officeOf(desk);
    const made = createDraft(office, target, findCurrentPerson(office.vault.read) as PersonId | null);
    tellChanged(desk, 'drafts');
    return viewDraft(office.vault.read, made);
  },
  'draft:update': ({ draft, revision, form, recipients }, desk) =>
    changed(desk, draft, () =>
      changeDraft(officeOf(desk), {
        draft,
        revision,
        ...(form === undefined ? {} : { form }),
        ...(recipients === undefined ? {} : { recipients }),
      }),
    ),
  'draft:remove': ({ draft }, desk) => {
    removeDraft(officeOf(desk), draft);
    tellChanged(desk, 'drafts');
    return {};
  },
  'draft:add-files': async ({ draft, kind, files, to }, desk) => {
    const paths = files.map((token) => desk.files.take(token));
    for (const path of paths) await stage(desk, { draft, kind, to }, await openChosen(path));
    return changed(desk, draft, () => {});
  },
  'draft:add-bytes': async ({ draft, kind, name, bytes }, desk) => {
    await stage(desk, { draft, kind, to: null }, openPasted(name, bytes));
    return changed(desk, draft, () => {});
  },
  'draft:change-document': ({ draft, document, kind, name, to }, desk) =>
    changed(desk, draft, () =>
      changeDocument(officeOf(desk), draft, document, {
        ...(kind === undefined ? {} : { kind }),
        ...(name === undefined ? {} : { name }),
        ...(to === undefined ? {} : { audience: to }),
      }),
    ),
  'draft:remove-document': ({ draft, document }, desk) => {
    const { jobs } = desk.session.get();
    for (const job of jobs.list()) if (job.document === document && job.state === 'running') jobs.cancel(job.id);
    return changed(desk, draft, () => removeDocument(officeOf(desk), draft, document));
  },
  'draft:preflight': ({ draft }, desk) => ({ items: checkDraft(officeOf(desk), draft) }),
  'draft:hand-over': ({ draft, revision }, desk) =>
    changed(desk, draft, () => handOver(officeOf(desk), draft, revision)),
  'draft:take-back': ({ draft }, desk) => changed(desk, draft, () => takeBack(officeOf(desk), draft)),

  'signature:list': (_, desk) => listFolderView(officeOf(desk)),
  'signature:review': ({ draft }, desk) => showReview(officeOf(desk), draft),
  'signature:mark-read': ({ draft, digest }, desk) => {
    const office = officeOf(desk);
    const person = findCurrentPerson(office.vault.read) as PersonId | null;
    if (person === null) throw new AppError('PERSON_UNKNOWN');
    markRead(office, draft, digest, person);
    tellChanged(desk, 'drafts');
    return {};
  },
  'signature:sign-and-send': ({ items, person, secret }, desk) =>
    withSecretText(secret, async (passphrase) => ({
      job: await sign(desk, { items, credentials: { person, passphrase } }),
    })),
};

type Staged = Parameters<typeof stageDocument>[1];

/** Gives the document its place at once; it is read behind the answer. */
async function stage(
  desk: Desk,
  { draft, kind, to }: Pick<Staged, 'draft' | 'kind'> & { readonly to: Staged['audience'] },
  { name, source }: Awaited<ReturnType<typeof openChosen>>,
): Promise<void> {
  const { context, jobs } = desk.session.get();
  try {
    const document = stageDocument(context, { draft, kind, name, size: source.size, audience: to });
    jobs.start({ kind: 'stage', label: name, document }, async (job) => {
      try {
        await takeIn(context, document, source, job);
      } finally {
        await source.close();
        if (desk.session.isOpen()) tellChanged(desk, 'drafts');
      }
    });
  } catch (error) {
    await source.close();
    throw error;
  }
}

type SignRequest = Pick<Parameters<typeof signDrafts>[1], 'items' | 'credentials'>;

/** What is signed is computed here and shown by main itself before any key is opened: the window cannot put something else under the signature. */
async function sign(desk: Desk, request: SignRequest): Promise<string> {
  const { context, jobs, exchange } = desk.session.get();
  const reviews = reviewList(context, request);
  const summary = summarizeReview(context, reviews, request.credentials.person);
  if (!(await desk.shell.confirmSigning(summary))) throw new AppError('CANCELLED');
  const job = jobs.start({ kind: 'send', label: reviews[0]?.title ?? '' }, async ({ signal, progress, set }) => {
    await signDrafts(context, { ...request, signal, progress, each: (sent) => set({ sent }) });
    if (!desk.session.isOpen()) return;
    tellChanged(desk, 'drafts', 'matters', 'messages');
    exchange.syncNow();
  });
  return job.id;
}
