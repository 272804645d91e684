import { FolderOpenOutlined, PlusOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';
import { useText } from '../../text/use-text.ts';
import { StepBody } from './step-body.tsx';

interface Props {
  readonly onCreate: () => void;
  readonly onRestore: () => void;
}

export function ChooseStep({ onCreate, onRestore }: Props) {
  const { t } = useText();
  return (
    <StepBody lead={t('window.firstRun.choose.lead')} title={t('window.firstRun.choose.title')}>
      <div className="first-run-choices">
        <Choice
          icon={<PlusOutlined aria-hidden />}
          note={t('window.firstRun.choose.createNote')}
          title={t('window.firstRun.choose.create')}
          onChoose={onCreate}
        />
        <Choice
          icon={<FolderOpenOutlined aria-hidden />}
          note={t('window.firstRun.choose.restoreNote')}
          title={t('window.firstRun.choose.restore')}
          onChoose={onRestore}
        />
      </div>
      <p className="meta text3">{t('window.firstRun.choose.notOfficial')}</p>
    </StepBody>
  );
}

interface ChoiceProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly note: string;
  readonly onChoose: () => void;
}

function Choice({ icon, title, note, onChoose }: ChoiceProps) {
  return (
    <button type="button" className="first-run-choice sheet" onClick={onChoose}>
      {icon}
      <span>
        <span className="strong">{title}</span>
        <span className="meta text3">{note}</span>
      </span>
    </button>
  );
}
