import { Button } from 'antd';
import { useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { FailureLine } from '../../ui/error-sheet.tsx';
import { useToast } from '../../ui/use-toast.ts';

export function BackupSection() {
  const { t } = useText();
  const toast = useToast();
  const backup = useTell('vault:choose-backup');
  return (
    <div className="sheet">
      <div className="settings-row">
        <div>
          <div>{t('window.settings.backup.now')}</div>
          <div className="meta text3">{t('window.settings.backup.note')}</div>
        </div>
        <Button
          loading={backup.isPending}
          onClick={() =>
            backup.tell({}, { onSuccess: ({ job }) => job !== null && toast(t('window.settings.backup.started')) })
          }
        >
          {t('window.settings.backup.start')}
        </Button>
        {backup.failure !== null && <FailureLine failure={backup.failure} />}
      </div>
    </div>
  );
}
