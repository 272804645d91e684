import { Button } from 'antd';
import { useNavigate } from 'react-router';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { Empty } from '../../ui/empty.tsx';
import { FailureLine } from '../../ui/error-sheet.tsx';

/** Nothing has come yet: whoever has a route asks it now, whoever has none sets one up first. */
export function NothingCame() {
  const { t } = useText();
  const navigate = useNavigate();
  const routes = useAsk('route:list', {}).value;
  const sync = useTell('exchange:sync');
  if (routes?.items.length === 0)
    return (
      <Empty act={<Button onClick={() => void navigate('/settings/routes')}>{t('window.directory.addRoute')}</Button>}>
        {t('window.inbox.noRoute')}
      </Empty>
    );
  return (
    <>
      <Empty
        act={
          <Button loading={sync.isPending} onClick={() => sync.tell({})}>
            {t('window.inbox.fetch')}
          </Button>
        }
      >
        {t('window.inbox.none')}
      </Empty>
      {sync.failure !== null && <FailureLine failure={sync.failure} />}
    </>
  );
}
