import { InfoCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useMemo, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { DirectoryEntry } from '../../../shared/ipc/channels/directory.ts';
import type { DraftView, PreflightItem, StagedDocument } from '../../../shared/ipc/channels/draft.ts';
import type { OfficeId } from '../../../shared/model/brand.ts';
import { valueAt } from '../../../shared/procedures/condition.ts';
import { describeForm, OTHER_GROUP } from '../../../shared/procedures/describe-form.ts';
import { emptyMembers } from '../../../shared/procedures/empty-form.ts';
import { preflightText } from '../../../shared/procedures/preflight/preflight-text.ts';
import type { Procedure, ProcedureAct } from '../../../shared/procedures/procedure.ts';
import { procedureText, procedureTitle } from '../../../shared/procedures/procedure-text.ts';
import { ask } from '../../bridge.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { findProcedureAct, labelOf } from '../../text/form-text.ts';
import { procedureActText } from '../../text/labels.ts';
import { sentence } from '../../text/sentence.ts';
import { useText } from '../../text/use-text.ts';
import { ErrorSheet, FailureLine } from '../../ui/error-sheet.tsx';
import { FormContext } from '../../ui/form/form-context.ts';
import { FormFields } from '../../ui/form/form-fields.tsx';
import { type FormDraft, fieldId, withMember } from '../../ui/form/form-value.ts';
import { Section } from '../../ui/section.tsx';
import { useShortcut } from '../../ui/use-shortcut.ts';
import { WaitingRows } from '../../ui/waiting-rows.tsx';
import { DraftDocument } from './draft-document.tsx';
import { type FormProblem, findProblems } from './form-problems.ts';
import { Materials, slotId } from './materials.tsx';
import { Preflight, type PreflightLine } from './preflight.tsx';
import { RECIPIENT_FIELD, Recipients, type RoleChoice } from './recipients.tsx';
import { Review } from './review.tsx';
import { missingSlots, toSlots } from './to-slots.ts';
import { useDraftEdit } from './use-draft.ts';
import './compose.css';

/** An act under somebody's hands: its form, its papers, and the envelope beside them. */
export function Compose() {
  const { t } = useText();
  const id = useParams()['draft'] ?? '';
  const { value, failure, again } = useAsk('draft:show', { draft: id });
  const matter = value?.target.kind === 'matter' ? value.target.matter : null;
  const opened = useAsk('matter:show', { matter: matter ?? ('' as never) }, { enabled: matter !== null });
  // A draft that was just sent is gone, and is still shown: its review leads on to the matter.
  const lost = value === undefined ? failure : null;
  if (lost !== null || opened.failure !== null) {
    return (
      <div className="page">
        <h1 className="unseen">{t('window.frame.newRequest')}</h1>
        <ErrorSheet failure={lost ?? opened.failure ?? { code: 'INTERNAL', params: {} }} onRetry={again} />
      </div>
    );
  }
  if (value === undefined || (matter !== null && opened.value === undefined)) {
    return (
      <div className="page">
        <h1 className="unseen">{t('window.frame.newRequest')}</h1>
        <WaitingRows count={8} label={t('window.waiting')} />
      </div>
    );
  }
  const kind =
    value.target.kind === 'open'
      ? { type: value.target.type, subtype: value.target.subtype }
      : { type: opened.value?.type ?? 'file-review', subtype: opened.value?.subtype ?? '' };
  const act = value.target.kind === 'open' ? findFirst(kind) : findProcedureAct(kind, value.target.act);
  if (act === null) return <ErrorSheet failure={{ code: 'ACT_NOT_ALLOWED', params: {} }} />;
  const opening = opened.value?.timeline.find((entry) => entry.kind === 'message' && entry.messageKind === 'act');
  return (
    <Editor
      key={value.id}
      act={act.act}
      draft={value}
      opening={opening?.kind === 'message' ? opening.form : null}
      procedure={act.procedure}
    />
  );
}

function findFirst(kind: Parameters<typeof findProcedureAct>[0]): ReturnType<typeof findProcedureAct> {
  const any = findProcedureAct(kind, 'submit') ?? findProcedureAct(kind, 'request');
  const first = any?.procedure.acts[0];
  return any === null || first === undefined ? null : { procedure: any.procedure, act: first };
}

interface EditorProps {
  readonly draft: DraftView;
  readonly procedure: Procedure;
  readonly act: ProcedureAct;
  /** Of the matter that stands; null where this act opens one. */
  readonly opening: FormDraft | null;
}

function Editor({ draft, procedure, act, opening }: EditorProps) {
  const { t, time } = useText();
  const navigate = useNavigate();
  const edit = useDraftEdit(draft);
  const form = useMemo(
    () => ({ ...emptyMembers(describeForm(act).groups.flatMap(({ fields }) => fields)), ...edit.form }),
    [act, edit.form],
  );
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [reviewed, setReviewed] = useState(false);
  const [reviewing, setReviewing] = useState(false);
  const [shown, setShown] = useState<StagedDocument | null>(null);
  const handOver = useTell('draft:hand-over');
  const preflight = useAsk('draft:preflight', { draft: draft.id }, { keep: true });
  const problems = findProblems(t, act, form);
  const slots = toSlots(act, { opening: opening ?? form, form }, draft.documents);
  const choices = opening === null ? rolesOf(procedure, draft, form) : [];
  /** What is merely not there yet is no mistake before somebody wants to sign, and what is being typed is none yet. */
  const isSaid = ({ path, missing }: FormProblem): boolean => reviewed || (left.has(path) && !missing);
  const lines = usePreflight({
    items: preflight.value?.items ?? [],
    problems,
    wrong: problems.filter((problem) => !problem.missing && isSaid(problem)),
    slots,
    procedure,
    reviewed,
  });
  const title = opening === null ? procedureTitle(t, procedure.name) : procedureActText(t, procedure, { id: act.id });

  const choose = (role: string, entry: DirectoryEntry | null): void => {
    const { recipients, form: next } = withRole(procedure, { draft, form }, role, entry);
    edit.setRecipients(recipients, next);
  };
  /** Pressed too early, the button leads to the first thing missing. */
  const findFirstMissing = (): string | null => {
    const [problem] = problems;
    if (problem !== undefined) return fieldId(problem.path.split('.'));
    const [slot] = missingSlots(slots);
    if (slot !== undefined) return slotId(slot.id);
    if (draft.recipients.length === 0 && opening === null) return RECIPIENT_FIELD;
    const unready = draft.documents.find(({ state }) => state !== 'ready');
    if (unready !== undefined) return slotId(slots.find(({ kinds }) => kinds.includes(unready.kind))?.id ?? 'other');
    return null;
  };
  const review = async (): Promise<void> => {
    setReviewed(true);
    const missing = findFirstMissing();
    if (missing !== null) return focusOn(missing);
    // The form as it is drawn holds what nobody had to type.
    if (form !== edit.form) edit.setForm(form);
    if ((await edit.flush()) !== null) setReviewing(true);
  };
  const toFolder = async (): Promise<void> => {
    const missing = findFirstMissing();
    setReviewed(true);
    if (missing !== null) return focusOn(missing);
    edit.setForm(form);
    const revision = await edit.flush();
    if (revision === null) return;
    handOver.tell({ draft: draft.id, revision }, { onSuccess: () => void navigate('/signature-folder') });
  };
  useShortcut('Mod+Enter', () => void review());
  const sent = async (m: string): Promise<void> => {
    const { matter } = await ask('message:show', { m: m as never }).catch(() => ({ matter: null }));
    void navigate(matter === null ? '/matters' : `/matters/${matter}`);
  };

  const context = {
    procedure,
    problemAt: (path: string): string | null => {
      const problem = problems.find((one) => one.path === path);
      if (problem === undefined) return null;
      return isSaid(problem) ? problem.text : null;
    },
    onLeave: (path: string) => setLeft((before) => (before.has(path) ? before : new Set([...before, path]))),
  };

  return (
    <FormContext value={context}>
      <div className="compose">
        <div className="compose-form">
          <div className="page-head">
            <h1>{sentence(title)}</h1>
            {opening === null && (
              <Button size="small" type="link" onClick={() => void navigate('/new')}>
                {t('window.compose.otherType')}
              </Button>
            )}
            <span className="push text3 meta num" role="status">
              {t('window.compose.stored', { time: time(edit.savedAt) })}
            </span>
          </div>
          {opening !== null && (
            <p className="compose-matter text2" lang="zh-CN">
              {draft.title}
            </p>
          )}
          {edit.failure !== null && <FailureLine failure={edit.failure} />}
          {describeForm(act).groups.map(({ id, fields }) => {
            if (fields.every((field) => field.kind === 'fixed' && typeof field.value === 'string')) return null;
            const name = procedureText(t, procedure.name, 'groups', id);
            return (
              <Section
                key={id}
                title={id === OTHER_GROUP && opening !== null ? t('window.compose.content') : sentence(name)}
              >
                <FormFields fields={fields} form={form} onChange={(next) => edit.setForm(next)} />
              </Section>
            );
          })}
          <Materials draft={draft} procedure={procedure} reviewed={reviewed} slots={slots} onOpen={setShown} />
        </div>
        <aside aria-label={t('window.compose.envelope')} className="envelope">
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
          <section aria-label={t('window.compose.before')} className="envelope-scroll" tabIndex={0}>
            <Section title={t('window.compose.to')}>
              {opening === null ? (
                <Recipients choices={choices} procedure={procedure} onChoose={choose} />
              ) : (
                <ul lang="zh-CN">
                  {draft.recipients.map(({ id, name }) => (
                    <li key={id} className="strong">
                      {name}
                    </li>
                  ))}
                </ul>
              )}
            </Section>
            <Preflight answer={preflight} lines={lines} />
          </section>
          <div className="envelope-acts">
            {handOver.failure !== null && <FailureLine failure={handOver.failure} />}
            <p className="meta text3">
              <InfoCircleOutlined aria-hidden /> {t('window.compose.notOfficial')}
            </p>
            <div className="envelope-buttons">
              <Button type="primary" onClick={() => void review()}>
                {t('window.compose.review')}
              </Button>
              <Button loading={handOver.isPending} onClick={() => void toFolder()}>
                {t('window.compose.toFolder')}
              </Button>
            </div>
          </div>
        </aside>
      </div>
      {reviewing && (
        <Review
          draft={draft.id}
          onBack={() => setReviewing(false)}
          onFolder={() => {
            setReviewing(false);
            void toFolder();
          }}
          onSent={(m) => void sent(m)}
        />
      )}
      {shown !== null && <DraftDocument document={shown.id} onClose={() => setShown(null)} />}
    </FormContext>
  );
}

function focusOn(id: string): void {
  const element = document.getElementById(id);
  element?.scrollIntoView({ block: 'center' });
  const target = element?.matches('input, textarea, button, select')
    ? element
    : element?.querySelector<HTMLElement>('input, textarea, button, select');
  (target ?? element)?.focus();
}

/** Whom an opening act can go to: the lead, then whoever else the procedure has a part for. */
function rolesOf(procedure: Procedure, { recipients }: DraftView, form: FormDraft): RoleChoice[] {
  return procedure.roles
    .filter(({ id }) => id !== 'opener')
    .map(({ id, offices, path }): RoleChoice => {
      const named = path === undefined ? undefined : valueAt(form, path);
      const chosen =
        id === 'lead' ? (recipients[0]?.id ?? null) : typeof named === 'string' ? (named as OfficeId) : null;
      return { role: id, chosen, offices: offices ?? null, optional: id !== 'lead' };
    });
}

/** An office put into a role: it is written to, and the form names it where the procedure looks for it. */
function withRole(
  { roles }: Procedure,
  { draft, form }: { readonly draft: DraftView; readonly form: FormDraft },
  role: string,
  entry: DirectoryEntry | null,
): { readonly recipients: OfficeId[]; readonly form: FormDraft } {
  const path = roles.find(({ id }) => id === role)?.path;
  const [lead, ...others] = draft.recipients.map(({ id }) => id);
  if (role === 'lead') {
    const first = entry === null ? [] : [entry.office.id];
    return { recipients: [...first, ...others.filter((id) => id !== entry?.office.id)], form };
  }
  const before = path === undefined ? undefined : valueAt(form, path);
  const rest = others.filter((id) => id !== before && id !== entry?.office.id);
  const recipients = [...(lead === undefined ? [] : [lead]), ...rest, ...(entry === null ? [] : [entry.office.id])];
  const [group, member] = path?.split('.') ?? [];
  if (group === undefined || member === undefined) return { recipients, form };
  const named =
    entry === null ? undefined : { name: entry.office.name, [member]: entry.office.id, region: entry.office.region };
  return { recipients, form: withMember(form, group, named) };
}

interface PreflightInput {
  readonly items: readonly PreflightItem[];
  readonly problems: readonly FormProblem[];
  /** Of these what is to be said now. */
  readonly wrong: readonly FormProblem[];
  readonly slots: ReturnType<typeof toSlots>;
  readonly procedure: Procedure;
  /** Somebody wanted to sign: before that, what is not there yet is no failure. */
  readonly reviewed: boolean;
}

const MISSING: ReadonlySet<string> = new Set(['recipients-missing', 'document-missing', 'document-unfinished']);

/** Main's findings on what is stored, and what the form as it is typed says sooner. */
function usePreflight({ items, problems, wrong, slots, procedure, reviewed }: PreflightInput): PreflightLine[] {
  const { t } = useText();
  const open = problems.filter(({ missing }) => missing).length;
  const levelOfMissing: PreflightLine['level'] = reviewed ? 'failure' : 'wait';
  const own: PreflightLine[] = [
    ...wrong.map(({ path, text }) => ({
      key: `field-${path}`,
      level: 'failure' as const,
      title: t('window.compose.fieldWrong', { field: labelOf(t, procedure, path.replaceAll(/\.\d+/g, '')) }),
      note: text,
      onJump: () => focusOn(fieldId(path.split('.'))),
    })),
    ...(open === 0
      ? []
      : [
          {
            key: 'open-fields',
            level: levelOfMissing,
            open: true,
            title: t('window.compose.fieldsOpen', { count: open }),
            note: '',
            onJump: () => focusOn(fieldId(problems.find(({ missing }) => missing)?.path.split('.') ?? [])),
          },
        ]),
  ];
  const shown = items
    // The form is judged here as it is typed.
    .filter(({ id }) => id !== 'form-invalid' && !(id === 'form' && problems.length > 0))
    .filter(({ id, field }) => !(id === 'check-digit' && problems.some(({ path }) => path === field)))
    .map((item, index): PreflightLine => {
      const slot = slots.find(({ id, kinds }) => id === item.slot || kinds.includes(item.slot ?? ''));
      const target =
        item.field === 'to'
          ? RECIPIENT_FIELD
          : item.field !== null
            ? fieldId(item.field.split('.'))
            : slot === undefined
              ? null
              : slotId(slot.id);
      return {
        key: `${item.id}-${index}`,
        ...(MISSING.has(item.id) ? { level: levelOfMissing, open: true } : { level: item.level }),
        title: preflightText(t, procedure.name, item),
        note: '',
        onJump: target === null ? null : () => focusOn(target),
      };
    });
  return [...own, ...shown];
}
