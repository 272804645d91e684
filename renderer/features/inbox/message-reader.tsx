import { Button } from 'antd';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { TimelineMessage } from '../../../shared/ipc/channels/matter.ts';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import type { Bytes, Sha256 } from '../../../shared/model/brand.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { useMessageDocument } from '../../data/use-document.ts';
import { actOfMessage, formRows, noticeText } from '../../text/form-text.ts';
import { actText, procedureActText } from '../../text/labels.ts';
import { useText } from '../../text/use-text.ts';
import { DocumentRow } from '../../ui/document-row.tsx';
import { ErrorSheet, FailureLine } from '../../ui/error-sheet.tsx';
import { FormRows } from '../../ui/form-rows.tsx';
import { DocumentPreview } from '../../ui/preview/document-preview.tsx';
import { Section } from '../../ui/section.tsx';
import { Status } from '../../ui/status.tsx';
import { VerdictLine } from '../../ui/verdict-line.tsx';
import { WaitingRows } from '../../ui/waiting-rows.tsx';

/** One received message. To have it in view is to have opened it: its sender is told, once. */
export function MessageReader({ m }: { readonly m: Sha256 }) {
  const { t } = useText();
  const { value, failure, again } = useAsk('message:show', { m });
  const { tell, failure: openFailure } = useTell('message:mark-opened');
  const due =
    value !== undefined && !value.message.own && value.message.openedAt === null && value.message.status === 'accepted';
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each message
  useEffect(() => {
    if (due) tell({ m });
  }, [due, m]);
  if (failure !== null) return <ErrorSheet failure={failure} onRetry={again} />;
  if (value === undefined) return <WaitingRows count={5} label={t('window.waiting')} />;
  return (
    <>
      {openFailure !== null && <FailureLine failure={openFailure} />}
      <Message shown={value} />
    </>
  );
}

type Shown = ResponseOf<'message:show'>;

function Message({ shown: { message, matter, title, receipts } }: { readonly shown: Shown }) {
  const text = useText();
  const { t, moment } = text;
  const navigate = useNavigate();
  const [opened, setOpened] = useState<number | null>(null);
  const view = useAsk('matter:preview', { matter: matter ?? ('' as never) }, { enabled: matter !== null }).value;
  const found = view === undefined ? null : actOfMessage(view, message);
  const rows = found === null ? [] : formRows(t, found.procedure, found.act, message.form);
  const act =
    view !== undefined && found !== null
      ? procedureActText(t, view, { id: found.act.id })
      : message.act === null
        ? t('window.matter.uncounted')
        : actText(t, message.act);
  return (
    <>
      <header className="message-head">
        <h2>{act}</h2>
        <p className="text2" lang="zh-CN">
          {title}
        </p>
        <p className="meta text3 num">
          <span lang="zh-CN">{[message.sender.name, message.person].filter(Boolean).join(' · ')}</span> ·{' '}
          {t('window.inbox.cameAt', { time: moment(message.storedAt) })}
        </p>
        <Verdict message={message} />
        <div className="message-acts">
          {matter !== null && (
            <Button type="primary" onClick={() => void navigate(`/matters/${matter}`)}>
              {t('window.matters.openMatter')}
            </Button>
          )}
          <Button
            onClick={() => void navigate(`/verify/message/${message.m}${matter === null ? '' : `?matter=${matter}`}`)}
          >
            {t('window.matter.verify')}
          </Button>
        </div>
      </header>
      {found !== null && <p className="message-notice">{noticeText(t, found.procedure, found.act)}</p>}
      {rows.length > 0 && (
        <Section title={t('window.compose.content')}>
          <div className="sheet message-part">
            <FormRows rows={rows} />
          </div>
        </Section>
      )}
      {message.documents.length > 0 && (
        <Section extra={message.documents.length} title={t('window.matter.documents')}>
          <ul className="sheet message-files">
            {message.documents.map(({ index, name, size, sha256 }) => (
              <DocumentRow
                key={index}
                digest={sha256}
                name={name}
                size={size as Bytes}
                {...(message.filesGone ? {} : { onOpen: () => setOpened(index) })}
              />
            ))}
          </ul>
        </Section>
      )}
      {receipts.length > 0 && (
        <Section title={t('window.inbox.receipts')}>
          <ul className="sheet message-part meta">
            {receipts.map(({ m, kind, office, receivedAt, superseded }) => (
              <li key={m} className={superseded ? 'text3' : ''}>
                {t(`window.inbox.receipt.${kind}`)} · <span lang="zh-CN">{office.name}</span> ·{' '}
                <span className="num">{moment(receivedAt)}</span>
              </li>
            ))}
          </ul>
        </Section>
      )}
      {opened !== null && <Opened index={opened} m={message.m} onClose={() => setOpened(null)} />}
    </>
  );
}

function Verdict({ message }: { readonly message: TimelineMessage }) {
  const { t, moment } = useText();
  if (message.status === 'refused') {
    return (
      <p>
        <Status tone="failed">
          {t('window.inbox.refused')} {message.code}
        </Status>
      </p>
    );
  }
  const verdict = message.status === 'accepted' ? 'valid' : 'indeterminate';
  return (
    <p>
      <VerdictLine
        asOf={message.storedAt}
        source={
          message.provenAt === null
            ? t('window.matter.onArrival')
            : t('window.matter.onArrivalStamped', { time: moment(message.provenAt) })
        }
        verdict={verdict}
      >
        {t(`window.verdict.${verdict}`)}
      </VerdictLine>
    </p>
  );
}

function Opened({ m, index, onClose }: { readonly m: Sha256; readonly index: number; readonly onClose: () => void }) {
  return <DocumentPreview {...useMessageDocument(m, index)} onClose={onClose} />;
}
