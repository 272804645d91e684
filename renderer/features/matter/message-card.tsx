import { EllipsisOutlined } from '@ant-design/icons';
import { Button, Dropdown } from 'antd';
import type { MatterView, TimelineMessage } from '../../../shared/ipc/channels/matter.ts';
import type { DocumentView } from '../../../shared/ipc/parts.ts';
import type { Bytes } from '../../../shared/model/brand.ts';
import { actOfMessage, formRows, noticeText } from '../../text/form-text.ts';
import { actText, procedureActText } from '../../text/labels.ts';
import { type Text, useText } from '../../text/use-text.ts';
import { DeliveryTrack } from '../../ui/delivery-track.tsx';
import { DocumentChip } from '../../ui/document-row.tsx';
import { FormRows } from '../../ui/form-rows.tsx';
import { Dot } from '../../ui/glyphs.tsx';
import { Status } from '../../ui/status.tsx';
import { VerdictLine } from '../../ui/verdict-line.tsx';
import { deliveryStages, toneOfMessage } from './delivery-stages.ts';

export interface MessageActs {
  readonly onDocument: (message: TimelineMessage, document: DocumentView) => void;
  readonly onOpened: (message: TimelineMessage) => void;
  readonly onVerify: (message: TimelineMessage) => void;
  readonly onExport: (message: TimelineMessage) => void;
  readonly onDelivery: (message: TimelineMessage) => void;
  /** Shows the delivery proof of a message; null where there is none. */
  readonly proofOf: (message: TimelineMessage) => (() => void) | null;
}

interface Props extends MessageActs {
  readonly message: TimelineMessage;
  readonly matter: MatterView;
  readonly at: string | null;
}

/** One signed act: what it says, what it brought, and how far it has come. A refused one stays where it was. */
export function MessageCard({ message, matter, at, ...acts }: Props) {
  const text = useText();
  const { t } = text;
  const found = actOfMessage(matter, message);
  const title = titleOf(text, matter, message, found?.act.id ?? null);
  const notice = found === null ? '' : noticeText(t, found.procedure, found.act);
  const rows = found === null ? [] : formRows(t, found.procedure, found.act, message.form);
  const unopened = !message.own && message.openedAt === null && message.status === 'accepted';
  return (
    <article aria-label={title} className="event" data-message={message.m} tabIndex={-1}>
      <div className="event-time num">{at}</div>
      <div className="event-spine">
        <Dot tone={toneOfMessage(message)} />
      </div>
      <div className="event-card sheet">
        <div className="event-title">
          <h3>{title}</h3>
          <span className="event-from" lang="zh-CN" title={directionOf(text, message)}>
            {directionOf(text, message)}
          </span>
          <CardMenu message={message} {...acts} />
        </div>
        <Said message={message} notice={notice} />
        {rows.length > 0 && (
          <details className="event-words">
            <summary>{t('window.matter.words', { count: rows.length })}</summary>
            <FormRows rows={rows} />
          </details>
        )}
        {message.documents.length > 0 && (
          <div className="event-attached">
            {message.documents.map((document) => (
              <DocumentChip
                key={document.index}
                digest={document.sha256}
                name={document.name}
                size={document.size as Bytes}
                {...(message.filesGone ? {} : { onOpen: () => acts.onDocument(message, document) })}
              />
            ))}
          </div>
        )}
        <Foot message={message} onDelivery={acts.onDelivery} />
        {unopened && (
          <div className="event-open">
            <Status tone="waiting">{t('window.matter.unopened')}</Status>
            <Button size="small" onClick={() => acts.onOpened(message)}>
              {t('window.matter.markOpened')}
            </Button>
          </div>
        )}
      </div>
    </article>
  );
}

function titleOf({ t }: Text, matter: MatterView, { act, messageKind }: TimelineMessage, id: string | null): string {
  if (id !== null) return procedureActText(t, matter, { id });
  if (act !== null) return actText(t, act);
  return messageKind === 'enclosure' ? t('window.matter.enclosure') : t('window.matter.uncounted');
}

function directionOf({ t }: Text, { own, sender, delivery }: TimelineMessage): string {
  const us = t('window.matter.us');
  if (!own) return t('window.matter.direction', { from: sender.name, to: us });
  return t('window.matter.direction', {
    from: us,
    to: delivery.map(({ office }) => office.name).join(t('window.list.comma')),
  });
}

/** The sentence of the act; of a refused one the reason, and that nothing reached anybody. */
function Said({ message, notice }: { readonly message: TimelineMessage; readonly notice: string }) {
  const { t } = useText();
  const refusal = message.delivery.find(({ status }) => status === 'refused');
  const code = message.own ? (refusal?.code ?? null) : message.code;
  const turnedAway = message.own ? refusal !== undefined : message.status === 'refused';
  return (
    <>
      {notice !== '' && <p className="event-said">{notice}</p>}
      {turnedAway && (
        <p className="event-said">
          {t('window.matter.refusedBecause', { reason: code === null ? '' : t(`errors.${code}`, {}) })}{' '}
          {code !== null && <code className="mono">{code}</code>}{' '}
          {t(message.own ? 'window.matter.theyHoldNothing' : 'window.matter.notApplied')}
        </p>
      )}
      {message.voidCode !== null && (
        <p className="event-said tone-failed">
          {t('window.matter.void', { reason: t(`errors.${message.voidCode}`, {}) })}{' '}
          <code className="mono">{message.voidCode}</code>
        </p>
      )}
      {message.filesGone && <p className="event-said">{t('window.matter.filesGone')}</p>}
      {message.enclosures.map(({ m, offices, held }) => (
        <p key={m} className="event-said">
          {t(held ? 'window.matter.enclosureHeld' : 'window.matter.enclosureFor', {
            offices: offices.map(({ name }) => name).join(t('window.list.comma')),
          })}
        </p>
      ))}
    </>
  );
}

function Foot({ message, onDelivery }: Pick<MessageActs, 'onDelivery'> & { readonly message: TimelineMessage }) {
  const text = useText();
  const { t, moment } = text;
  if (message.own) {
    const several = message.delivery.length > 1;
    return (
      <div className="event-foot">
        {message.delivery.map((to) => (
          <div key={to.office.id} className="event-delivery">
            {several && (
              <span className="meta text3" lang="zh-CN">
                {to.office.name}
              </span>
            )}
            <DeliveryTrack stages={deliveryStages(text, message, to)} />
            {to.openedAt !== null && (
              <span className="meta text3 num">{t('window.matter.openedByThem', { time: moment(to.openedAt) })}</span>
            )}
            {to.overdue && <Status tone="failed">{t('window.delivery.overdue')}</Status>}
            {to.lastError !== null && to.postedAt === null && (
              <span className="meta text2">
                {t(`errors.${to.lastError}`, {})} <code className="mono">{to.lastError}</code>
              </span>
            )}
          </div>
        ))}
        {message.delivery.some(
          ({ status, overdue }) => overdue || status === 'expired' || status === 'undeliverable',
        ) && (
          <Button size="small" onClick={() => onDelivery(message)}>
            {t('window.delivery.menu')}
          </Button>
        )}
      </div>
    );
  }
  if (message.status === 'refused') return null;
  const verdict = message.status === 'accepted' ? 'valid' : 'indeterminate';
  return (
    <div className="event-foot">
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
      {message.openedAt !== null && (
        <span className="meta text3 num">{t('window.matter.openedHere', { time: moment(message.openedAt) })}</span>
      )}
    </div>
  );
}

function CardMenu({
  message,
  onVerify,
  onExport,
  onDelivery,
  proofOf,
}: MessageActs & { readonly message: TimelineMessage }) {
  const { t } = useText();
  const onProof = proofOf(message);
  const tracked = message.own && message.delivery.length > 0;
  return (
    <Dropdown
      menu={{
        items: [
          ...(onProof === null ? [] : [{ key: 'proof', label: t('window.matter.proof'), onClick: onProof }]),
          { key: 'verify', label: t('window.matter.verify'), onClick: () => onVerify(message) },
          { key: 'export', label: t('window.matter.exportOne'), onClick: () => onExport(message) },
          ...(tracked
            ? [{ key: 'delivery', label: t('window.delivery.menu'), onClick: () => onDelivery(message) }]
            : []),
        ],
      }}
      trigger={['click']}
    >
      <Button aria-label={t('window.matter.more')} icon={<EllipsisOutlined />} size="small" type="text" />
    </Dropdown>
  );
}
