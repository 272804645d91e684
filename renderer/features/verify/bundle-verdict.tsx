import { Button } from 'antd';
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { Bytes } from '../../../shared/model/brand.ts';
import {
  describeEvidence,
  type EvidenceLine,
  type EvidenceRow,
  type EvidenceView,
} from '../../../shared/report/describe-evidence.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { useReminders } from '../../data/use-reminders.ts';
import { useText } from '../../text/use-text.ts';
import { ErrorSheet, FailureLine } from '../../ui/error-sheet.tsx';
import { Dot, Shield } from '../../ui/glyphs.tsx';
import { Page } from '../../ui/page.tsx';
import { RemindMe } from '../../ui/remind-me.tsx';
import { Section } from '../../ui/section.tsx';
import { WaitingRows } from '../../ui/waiting-rows.tsx';
import { type Depth, ReportActs } from './report-acts.tsx';
import { TONE_VERDICTS } from './tone-verdicts.ts';
import './verify.css';
import './bundle-form.css';

/** Rows beyond what a verdict rests on: every check, and what the bundle says of itself. */
const DETAILS = 2;

/** The verdict on an evidence bundle: the same words as on paper, in the command and on the page for browsers. */
export function BundleVerdict() {
  const { t, bytes, exact, language } = useText();
  const navigate = useNavigate();
  const id = useParams()['id'] ?? '';
  const [depth, setDepth] = useState<Depth>('simple');
  const { value, failure, again } = useAsk('evidence:show', { id });
  const print = useTell('evidence:print-report');
  const save = useTell('evidence:save-report');
  const unwritten = print.failure ?? save.failure;
  return (
    <Page
      extra={
        value !== undefined && (
          <ReportActs
            depth={depth}
            printing={print.isPending}
            saving={save.isPending}
            onDepth={setDepth}
            onOther={() => void navigate('/verify')}
            onPrint={() => print.tell({ id, language })}
            onSave={(format) => save.tell({ id, format, language })}
          />
        )
      }
      note={
        value === undefined ? undefined : (
          <span className="clip" lang="zh-CN">
            {value.name} · {bytes(value.size as Bytes)}
          </span>
        )
      }
      title={t('evidence.title')}
    >
      {unwritten !== null && <FailureLine failure={unwritten} />}
      {failure !== null && (
        <ErrorSheet
          act={
            <Button size="small" onClick={() => void navigate('/verify')}>
              {t('window.verify.other')}
            </Button>
          }
          failure={failure}
          onRetry={again}
        />
      )}
      {failure === null && value === undefined && <WaitingRows count={6} label={t('window.waiting')} />}
      {value !== undefined && (
        <Verdict detailed={depth === 'detailed'} name={value.name} view={describeEvidence(value.report, t, exact)} />
      )}
    </Page>
  );
}

interface VerdictProps {
  readonly view: EvidenceView;
  readonly name: string;
  readonly detailed: boolean;
}

function Verdict({ view, name, detailed }: VerdictProps) {
  const { t } = useText();
  const reminders = useReminders({ kind: 'file', name });
  const { tone, headline, advice, limits } = view;
  const sections = detailed ? view.sections : view.sections.slice(0, -DETAILS);
  return (
    <div className="verify bundle-verdict">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
      <section aria-label={t('window.verify.result')} className="verify-result" tabIndex={0}>
        <div className={`verify-band verify-band-${tone}`}>
          <Shield size={40} verdict={TONE_VERDICTS[tone]} />
          <div>
            <h2 className="num">{headline}</h2>
            {advice.map((line) => (
              <p key={line}>{line}</p>
            ))}
            {tone === 'waiting' && <RemindMe {...reminders} />}
          </div>
        </div>
        {sections
          .filter(({ rows }) => rows.length > 0)
          .map(({ title, about, rows }) => (
            <Section key={title} title={title}>
              {about !== null && <p className="meta text2">{about}</p>}
              <ul className="sheet bundle-rows">
                {rows.map((row, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a row has no other name than its place
                  <Row key={index} detailed={detailed} row={row} />
                ))}
              </ul>
            </Section>
          ))}
      </section>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard */}
      <section aria-label={limits.title} className="verify-aside" tabIndex={0}>
        <Section title={limits.title}>
          {limits.items.map((item) => (
            <p key={item} className="text2 verify-limits">
              {item}
            </p>
          ))}
        </Section>
      </section>
    </div>
  );
}

interface RowProps {
  readonly row: EvidenceRow;
  readonly detailed: boolean;
}

/** Digests and what only explains are for the detailed report; a row of nothing else keeps them. */
function Row({ row: { tone, label, lines, isPart }, detailed }: RowProps) {
  const { t } = useText();
  const plain = lines.filter((line) => typeof line === 'string' || line.style === 'strong');
  const shown = detailed || plain.length === 0 ? lines : plain;
  return (
    <li className={isPart ? 'bundle-part' : undefined}>
      <span className="bundle-label num">{label}</span>
      <span>
        {tone !== 'none' && (
          <>
            <Dot size={14} tone={tone} />
            <span className="unseen">{t(`evidence.tone.${tone}`)}</span>
          </>
        )}
      </span>
      <div className="bundle-lines num" lang="zh-CN">
        {shown.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has no other name than its place
          <Line key={index} line={line} />
        ))}
      </div>
    </li>
  );
}

const LINE_CLASSES = { hex: 'mono meta text2', quiet: 'meta text3', strong: 'bundle-strong' } as const;

function Line({ line }: { readonly line: EvidenceLine }) {
  if (typeof line === 'string') return <p>{line}</p>;
  return <p className={LINE_CLASSES[line.style]}>{line.text}</p>;
}
