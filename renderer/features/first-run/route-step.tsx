import { Button } from 'antd';
import { useState } from 'react';
import { useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { FailureLine } from '../../ui/error-sheet.tsx';
import { StepBody, StepFoot } from './step-body.tsx';

const ROUTE_ID = 'first';

/** A shared folder is what two offices most easily have; servers and mail are set up in the settings. */
export function RouteStep({ onDone }: { readonly onDone: () => void }) {
  const { t } = useText();
  const [folder, setFolder] = useState<{ readonly token: string; readonly name: string } | null>(null);
  const [missing, setMissing] = useState(false);
  const choose = useTell('file:choose-folder');
  const save = useTell('route:save');

  const submit = (): void => {
    if (folder === null) {
      setMissing(true);
      return;
    }
    save.tell(
      { id: ROUTE_ID, route: { kind: 'folder', folder: folder.token }, offices: [] },
      { onSuccess: () => onDone() },
    );
  };

  return (
    <StepBody lead={t('window.firstRun.route.lead')} title={t('window.firstRun.route.title')}>
      <div className="first-run-route">
        <span className="text2">{t('window.firstRun.route.folder')}</span>
        <div className="first-run-ways">
          <Button
            onClick={() =>
              choose.tell({ purpose: 'route' }, { onSuccess: (answer) => answer.folder && setFolder(answer.folder) })
            }
          >
            {folder === null ? t('window.firstRun.route.choose') : folder.name}
          </Button>
        </div>
        {missing && folder === null && <p className="meta tone-failed">{t('window.firstRun.route.missing')}</p>}
        {save.failure !== null && <FailureLine failure={save.failure} />}
        <p className="meta text3">{t('window.firstRun.route.note')}</p>
      </div>
      <StepFoot
        busy={save.isPending}
        next={t('window.firstRun.finish')}
        other={
          <Button type="link" onClick={onDone}>
            {t('window.firstRun.later')}
          </Button>
        }
        onNext={submit}
      />
    </StepBody>
  );
}
