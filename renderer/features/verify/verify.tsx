import { useState } from 'react';
import { Link, useNavigate, useParams, useSearchParams } from 'react-router';
import type { VerificationView } from '../../../shared/ipc/channels/message.ts';
import type { ReminderSubject } from '../../../shared/ipc/channels/reminder.ts';
import type { Bytes, Instant, Sha256 } from '../../../shared/model/brand.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { useReminders } from '../../data/use-reminders.ts';
import { useText } from '../../text/use-text.ts';
import { ErrorSheet, FailureLine } from '../../ui/error-sheet.tsx';
import { Page } from '../../ui/page.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { RemindMe } from '../../ui/remind-me.tsx';
import { WaitingRows } from '../../ui/waiting-rows.tsx';
import { AsOf, useAsOf } from './as-of.tsx';
import { AtOtherTime } from './at-other-time.tsx';
import { BundleForm } from './bundle-form.tsx';
import { DropArea } from './drop-area.tsx';
import { Report } from './report.tsx';
import { type Depth, ReportActs } from './report-acts.tsx';
import { useGivenFile } from './use-given-file.ts';
import { useVerifyFile } from './use-verify-file.ts';
import './verify.css';

/** Anything that was signed, judged by what it says: dropped, chosen, or out of a matter. */
export function Verify() {
  const { t, bytes, language } = useText();
  const navigate = useNavigate();
  const { id, m } = useParams();
  const [depth, setDepth] = useState<Depth>('simple');
  const [search, setSearch] = useSearchParams();
  const asOf = useAsOf();
  const file = useVerifyFile({
    at: asOf.at,
    onFound: (found, what) => void navigate(what === 'bundle' ? `/verify/bundle/${found}` : `/verify/${found}`),
  });
  useGivenFile(file.take);
  const stored = useAsk('verify:show', { id: id ?? '' }, { enabled: id !== undefined });
  const at = search.get('at') as Instant | null;
  const message = useAsk('verify:message', { m: (m ?? '') as Sha256, at }, { enabled: m !== undefined });
  const answer = m === undefined ? stored : message;
  const value = id === undefined && m === undefined ? undefined : answer.value;
  const failure = file.failure ?? answer.failure;
  const print = useTell('verify:print-report');
  const save = useTell('verify:save-report');
  const unwritten = print.failure ?? save.failure;

  if (id === undefined && m === undefined) {
    return (
      <Page note={t('window.verify.note')} title={t('window.frame.verify')}>
        {file.bundle === null ? (
          <>
            <DropArea onChoose={file.choose} onDrop={file.drop} />
            <AsOf state={asOf} tried />
          </>
        ) : (
          <BundleForm
            key={file.bundle.token}
            bundle={file.bundle}
            busy={file.job !== null}
            onJudge={file.judgeBundle}
            onOther={file.leaveBundle}
          />
        )}
        {file.job !== null && (
          <ProgressBar
            done={file.job.done as Bytes}
            label={t('window.verify.running', { name: file.job.label })}
            left={null}
            total={file.job.total as Bytes}
            onCancel={file.cancel}
          />
        )}
        {failure !== null && <FailureLine failure={failure} />}
      </Page>
    );
  }
  return (
    <Page
      extra={
        value !== undefined && (
          <>
            {m !== undefined && (
              <AtOtherTime
                at={at}
                onChange={(next) => setSearch((before) => withTime(before, next), { replace: true })}
              />
            )}
            <ReportActs
              depth={depth}
              printing={print.isPending}
              saving={save.isPending}
              onDepth={setDepth}
              onOther={() => void navigate('/verify')}
              onPrint={() => print.tell({ id: value.id, detailed: depth === 'detailed', language })}
              onSave={(format) => save.tell({ id: value.id, format, detailed: depth === 'detailed', language })}
            />
          </>
        )
      }
      note={
        value === undefined ? undefined : (
          <span className="clip" lang="zh-CN">
            {value.name} · {bytes(value.size as Bytes)}
          </span>
        )
      }
      title={t('report.title')}
    >
      {unwritten !== null && <FailureLine failure={unwritten} />}
      {failure !== null && <ErrorSheet failure={failure} onRetry={answer.again} />}
      {failure === null && value === undefined && <WaitingRows count={6} label={t('window.waiting')} />}
      {value !== undefined && (
        <Judged detailed={depth === 'detailed'} verification={value} m={(m ?? value.report.m) as Sha256 | null} />
      )}
    </Page>
  );
}

function withTime(search: URLSearchParams, at: Instant | null): URLSearchParams {
  const next = new URLSearchParams(search);
  if (at === null) next.delete('at');
  else next.set('at', at);
  return next;
}

interface JudgedProps {
  readonly verification: VerificationView;
  readonly m: Sha256 | null;
  readonly detailed: boolean;
}

function Judged({ verification, m, detailed }: JudgedProps) {
  const { t } = useText();
  const matter = useSearchParams()[0].get('matter');
  const reminders = useReminders(subjectOf(verification, useParams()['m'] as Sha256 | undefined));
  return (
    <Report
      detailed={detailed}
      origin={
        matter !== null && m !== null ? (
          <Link className="link" to={`/matters/${matter}`}>
            {t('window.matters.openMatter')}
          </Link>
        ) : null
      }
      remind={<RemindMe {...reminders} />}
      verification={verification}
    />
  );
}

/** A message that is kept here is come back to by its digest; a file is not kept, and only its name is. */
function subjectOf({ name }: VerificationView, m: Sha256 | undefined): ReminderSubject {
  return m !== undefined ? { kind: 'message', m } : { kind: 'file', name };
}
