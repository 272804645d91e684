import { Button, Select } from 'antd';
import { useId, useState } from 'react';
import type { AttemptView, OfficeTrack } from '../../../shared/ipc/channels/delivery.ts';
import type { TimelineMessage } from '../../../shared/ipc/channels/matter.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { ConfirmAct } from '../../ui/confirm-act.tsx';
import { DeliveryTrack } from '../../ui/delivery-track.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorSheet, FailureLine } from '../../ui/error-sheet.tsx';
import { Dot } from '../../ui/glyphs.tsx';
import { useToast } from '../../ui/use-toast.ts';
import { WaitingRows } from '../../ui/waiting-rows.tsx';
import { deliveryStages } from './delivery-stages.ts';
import './delivery-dialog.css';

/** How far a message of ours has come with each office, what was tried, and what can be done about silence. */
export function DeliveryDialog({
  message,
  onClose,
}: {
  readonly message: TimelineMessage;
  readonly onClose: () => void;
}) {
  const { t } = useText();
  const { value, failure, again } = useAsk('delivery:show', { m: message.m });
  const [givingUp, setGivingUp] = useState(false);
  const silent = value?.offices.filter(({ watch }) => watch !== null && watch.stage !== 'recorded') ?? [];
  return (
    <Dialog title={t('window.delivery.title')} width={720} onCancel={onClose}>
      <div className="delivery-dialog">
        {failure !== null && <ErrorSheet failure={failure} onRetry={again} />}
        {value === undefined && failure === null && <WaitingRows count={4} label={t('window.waiting')} />}
        {value?.offices.map((track) => (
          <Office key={track.delivery.office.id} message={message} track={track} />
        ))}
        {value !== undefined && (
          <p className="meta text3 num">{t('window.delivery.patience', { count: value.receiptWithin })}</p>
        )}
        <div className="confirm-acts">
          {silent.length > 0 && <Button onClick={() => setGivingUp(true)}>{t('window.delivery.giveUp')}</Button>}
          <Button onClick={onClose}>{t('window.evidence.close')}</Button>
        </div>
      </div>
      <GiveUp message={message} open={givingUp} silent={silent} onBack={() => setGivingUp(false)} />
    </Dialog>
  );
}

function Office({ message, track }: { readonly message: TimelineMessage; readonly track: OfficeTrack }) {
  const text = useText();
  const { t, moment } = text;
  const { delivery, watch, attempts, attemptsInAll, records } = track;
  const id = useId();
  return (
    <section aria-labelledby={id} className="sheet delivery-office">
      <h3 id={id} lang="zh-CN">
        {delivery.office.name}
      </h3>
      <DeliveryTrack stages={deliveryStages(text, message, delivery)} />
      {watch !== null && (
        <p className="delivery-watch num">
          <Dot tone={watch.stage === 'waiting' ? 'waiting' : 'failed'} />
          {t(`window.delivery.watch.${watch.stage}`, {
            since: moment(watch.since),
            next: watch.nextAt === null ? t('window.delivery.nextRound') : moment(watch.nextAt),
          })}
        </p>
      )}
      {watch !== null && <Again m={message.m} track={track} />}
      {records.map((record) => (
        <Record key={record.m} record={record} />
      ))}
      {attempts.length === 0 ? (
        <p className="meta text3">{t('window.delivery.noAttempt')}</p>
      ) : (
        <details open={attempts.length <= 8}>
          <summary>{t('window.delivery.attempts', { count: attemptsInAll })}</summary>
          <Attempts attempts={attempts} />
        </details>
      )}
    </section>
  );
}

/** Posts it once more, over another route where the office has one. */
function Again({ m, track: { delivery, routes } }: { readonly m: TimelineMessage['m']; readonly track: OfficeTrack }) {
  const { t } = useText();
  const toast = useToast();
  const remind = useTell('message:remind');
  const [route, setRoute] = useState<string | null>(null);
  const id = useId();
  const chosen = route ?? routes.next;
  const again = (): void =>
    remind.tell(
      { m, office: delivery.office.id, ...(chosen === null ? {} : { route: chosen }) },
      { onSuccess: ({ copies }) => toast(t('window.matter.reminded', { count: copies })) },
    );
  if (routes.all.length === 0) return <p className="meta text2">{t('window.delivery.noRoute')}</p>;
  return (
    <div className="delivery-again">
      {routes.all.length > 1 && (
        <>
          <label className="meta text2" htmlFor={id}>
            {t('window.delivery.over')}
          </label>
          <Select
            id={id}
            options={routes.all.map((value) => ({
              value,
              label: value === routes.last ? t('window.delivery.usedLast', { route: value }) : value,
            }))}
            size="small"
            style={{ minWidth: 160 }}
            value={chosen}
            onChange={setRoute}
          />
        </>
      )}
      <Button loading={remind.isPending} size="small" onClick={again}>
        {t('window.matter.remind')}
      </Button>
      {remind.failure !== null && <FailureLine failure={remind.failure} />}
    </div>
  );
}

function Attempts({ attempts }: { readonly attempts: readonly AttemptView[] }) {
  const { t, exact } = useText();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroller must be reachable by keyboard
    <section aria-label={t('window.delivery.tries')} className="delivery-attempts" tabIndex={0}>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('window.delivery.when')}</th>
            <th scope="col">{t('window.delivery.route')}</th>
            <th scope="col">{t('window.delivery.answer')}</th>
          </tr>
        </thead>
        <tbody>
          {attempts.map(({ at, route, kind, code }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: two tries may bear one time
            <tr key={index}>
              <td className="num">{exact(at)}</td>
              <td>
                {route ?? t('window.delivery.none')}
                {kind !== null && <span className="text3"> {t(`window.route.kind.${kind}`)}</span>}
              </td>
              <td>
                {code === null ? (
                  t('window.delivery.taken')
                ) : (
                  <>
                    {t(`errors.${code}`, {})} <code className="mono">{code}</code>
                  </>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Record({ record }: { readonly record: OfficeTrack['records'][number] }) {
  const { t, moment } = useText();
  const save = useTell('delivery:export-record');
  return (
    <div className="delivery-record num">
      <Dot tone={record.supersededAt === null ? 'failed' : 'none'} />
      <span>
        {t('window.delivery.record', { time: moment(record.recordedAt), count: record.attempts })}
        {record.supersededAt !== null && ` ${t('window.delivery.superseded', { time: moment(record.supersededAt) })}`}
      </span>
      {record.sealed ? (
        <Button loading={save.isPending} size="small" onClick={() => save.tell({ record: record.m })}>
          {t('window.preview.export')}
        </Button>
      ) : (
        <span className="meta text3">{t('window.delivery.sealing')}</span>
      )}
      {save.failure !== null && <FailureLine failure={save.failure} />}
    </div>
  );
}

interface GiveUpProps {
  readonly message: TimelineMessage;
  readonly silent: readonly OfficeTrack[];
  readonly open: boolean;
  readonly onBack: () => void;
}

/** The record is our word about our own tries: what it proves and what not is read before it is signed. */
function GiveUp({ message, silent, open, onBack }: GiveUpProps) {
  const { t } = useText();
  const { tell, failure, isPending, forget } = useTell('delivery:give-up');
  const back = (): void => {
    forget();
    onBack();
  };
  return (
    <ConfirmAct
      busy={isPending}
      failure={failure}
      open={open}
      title={t('window.delivery.giveUpTitle')}
      verb={t('window.delivery.giveUpVerb')}
      onBack={back}
      onConfirm={() => tell({ m: message.m }, { onSuccess: back })}
    >
      <p>
        {t('window.delivery.giveUpFor', {
          offices: silent.map(({ delivery }) => delivery.office.name).join(t('window.list.comma')),
        })}
      </p>
      <ul className="delivery-proves">
        <li>{t('window.delivery.proves')}</li>
        <li>{t('window.delivery.provesNot')}</li>
        <li>{t('window.delivery.heals')}</li>
      </ul>
    </ConfirmAct>
  );
}
