import { Button } from 'antd';
import type { Bytes } from '../../../shared/model/brand.ts';
import { useAsk } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { Digest } from '../../ui/digest.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorSheet } from '../../ui/error-sheet.tsx';
import { Status } from '../../ui/status.tsx';
import { WaitingRows } from '../../ui/waiting-rows.tsx';

const PAGE = 200;

interface Props {
  readonly query: string;
  readonly onClear: () => void;
  /** To what was taken in. */
  readonly onReceived: () => void;
}

/** What was turned away, with reason and digest, for ever. Of it nothing was taken in. */
export function Rejected({ query, onClear, onReceived }: Props) {
  const { t, bytes, moment, momentAlone } = useText();
  const { value, failure, again, waiting } = useAsk(
    'inbox:rejected',
    { ...(query === '' ? {} : { query }), limit: PAGE, after: null },
    { keep: true },
  );
  if (failure !== null) return <ErrorSheet failure={failure} onRetry={again} />;
  if (waiting || value === undefined) return <WaitingRows count={5} label={t('window.waiting')} />;
  if (value.items.length === 0)
    return query === '' ? (
      <Empty act={<Button onClick={onReceived}>{t('window.inbox.toReceived')}</Button>}>
        {t('window.inbox.noneRejected')}
      </Empty>
    ) : (
      <Empty act={<Button onClick={onClear}>{t('window.filter.clear')}</Button>}>{t('window.inbox.noHit')}</Empty>
    );
  return (
    <ul>
      {value.items.map(({ id, code, digest, size, receivedAt, purgeAt }) => (
        <li key={id} className="list-row">
          <Status tone="failed">{t('window.inbox.refused')}</Status>
          <span className="meta text3 num list-row-end">{momentAlone(receivedAt)}</span>
          <p className="rejected-why">{t(`errors.${code}`, {})}</p>
          <p className="meta text3 num rejected-facts">
            <code className="mono">{code}</code>
            <Digest value={digest} />
            {bytes(size as Bytes)}
            <span>
              {purgeAt === null ? t('window.inbox.purged') : t('window.inbox.keptUntil', { time: moment(purgeAt) })}
            </span>
          </p>
        </li>
      ))}
    </ul>
  );
}
