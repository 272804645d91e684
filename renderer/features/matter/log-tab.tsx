import { Button } from 'antd';
import { useNavigate } from 'react-router';
import type { MatterId } from '../../../shared/model/brand.ts';
import { actorText, auditActionText } from '../../../shared/text/audit-text.ts';
import { useAsk } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { Digest } from '../../ui/digest.tsx';
import { Empty } from '../../ui/empty.tsx';
import { ErrorSheet } from '../../ui/error-sheet.tsx';
import { WaitingRows } from '../../ui/waiting-rows.tsx';

const MOST = 200;

/** What was done about the matter here, from the log that nobody can rewrite. */
export function LogTab({ matter }: { readonly matter: MatterId }) {
  const { t, momentAlone } = useText();
  const navigate = useNavigate();
  const { value, failure, again } = useAsk('audit:list', { filter: { subject: matter }, limit: MOST, after: null });
  if (failure !== null) return <ErrorSheet failure={failure} onRetry={again} />;
  if (value === undefined) return <WaitingRows count={5} label={t('window.waiting')} />;
  if (value.items.length === 0)
    return (
      <Empty act={<Button onClick={() => void navigate('/audit')}>{t('window.matter.wholeLog')}</Button>}>
        {t('window.matter.noLog')}
      </Empty>
    );
  return (
    <ul className="matter-log sheet">
      {value.items.map(({ seq, at, actor, action, hash }) => (
        <li key={seq}>
          <span className="text3 num">{momentAlone(at)}</span>
          <span>{auditActionText(t, action)}</span>
          <span className="text2" lang="zh-CN">
            {actorText(t, actor)}
          </span>
          <Digest value={hash} />
        </li>
      ))}
    </ul>
  );
}
