import { Button } from 'antd';
import { useState } from 'react';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import type { Bytes, MatterId } from '../../../shared/model/brand.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { useJob } from '../../data/use-job.ts';
import { useText } from '../../text/use-text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { type Failure, FailureLine } from '../../ui/error-sheet.tsx';
import { Dot } from '../../ui/glyphs.tsx';
import { KeyValues } from '../../ui/key-values.tsx';
import { ProgressBar } from '../../ui/progress-bar.tsx';
import { Status } from '../../ui/status.tsx';
import { WaitingRows } from '../../ui/waiting-rows.tsx';
import './evidence-dialog.css';

type Preview = ResponseOf<'evidence:preview'>;

/**
 * What a bundle of the matter would hold, up to where it is whole, and the way out of the vault for it. Closing leaves an export running: the top bar shows
 * it and can end it, and who opens this again finds it, or what became of it.
 */
export function EvidenceDialog({ matter, onClose }: { readonly matter: MatterId; readonly onClose: () => void }) {
  const { t, bytes } = useText();
  const preview = useAsk('evidence:preview', { matter });
  const start = useTell('evidence:export');
  const stop = useTell('job:cancel');
  const jobs = useAsk('job:list', {}).value?.items ?? [];
  const [started, setStarted] = useState<string | null>(null);
  const job = useJob(started ?? jobs.find((one) => one.kind === 'export' && one.matter === matter)?.id ?? null);
  const running = job?.state === 'running' ? job : null;
  const failure: Failure | null =
    preview.failure ?? start.failure ?? (job?.state === 'cancelled' ? null : (job?.failure ?? null));
  const choose = (): void => start.tell({ matter }, { onSuccess: (begun) => setStarted(begun.job) });
  return (
    <Dialog title={t('window.evidence.title')} width={560} onCancel={onClose}>
      <div className="evidence-dialog">
        <p>{t('window.evidence.lead')}</p>
        {preview.waiting && <WaitingRows count={4} label={t('window.waiting')} />}
        {preview.value !== undefined && <Contents preview={preview.value} />}
        <p className="text2">{t('window.evidence.clear')}</p>
        {running !== null && (
          <ProgressBar
            done={running.done as Bytes}
            label={t('window.evidence.running', { name: running.label })}
            left={null}
            total={running.total as Bytes}
            onCancel={() => stop.tell({ job: running.id })}
          />
        )}
        {job?.state === 'done' && (
          <div role="status">
            <Status tone="done">
              {t('window.evidence.done', { name: job.label, size: bytes(job.total as Bytes) })}
            </Status>
          </div>
        )}
        {failure !== null && <FailureLine failure={failure} />}
        <div className="confirm-acts">
          <Button onClick={onClose}>{t('window.evidence.close')}</Button>
          <Button loading={start.isPending || running !== null} type="primary" onClick={choose}>
            {t('window.evidence.choose')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function Contents({ preview }: { readonly preview: Preview }) {
  const { t, bytes, count } = useText();
  const { messages, documents, receipts, cards, stamps, size, completeUpTo, missing, wanted, unacknowledged } = preview;
  const lacks = [
    ...(missing.length > 0 ? [t('window.evidence.missing', { count: missing.length })] : []),
    ...(wanted.length > 0 ? [t('window.evidence.wanted', { count: wanted.length })] : []),
    ...(unacknowledged > 0 ? [t('window.evidence.unacknowledged', { count: unacknowledged })] : []),
  ];
  return (
    <>
      <section aria-label={t('window.evidence.holds')} className="sheet evidence-holds num">
        <KeyValues
          items={[
            [t('window.evidence.messages'), t('window.evidence.messagesOf', { messages, documents })],
            [t('window.evidence.receipts'), t('window.evidence.receiptsOf', { n: count(receipts) })],
            [t('window.evidence.cards'), t('window.evidence.cardsOf', { n: count(cards) })],
            [t('window.evidence.stamps'), t('window.evidence.stampsOf', { n: count(stamps) })],
            [t('window.evidence.rest'), t('window.evidence.restOf')],
            [t('window.evidence.size'), bytes(size as Bytes)],
          ]}
        />
      </section>
      <p className="evidence-upto num">
        {completeUpTo === 0 ? t('window.evidence.upToNothing') : t('window.evidence.upTo', { pos: completeUpTo })}
      </p>
      {lacks.map((line) => (
        <p key={line} className="evidence-lack num">
          <Dot tone="waiting" />
          {line}
        </p>
      ))}
    </>
  );
}
