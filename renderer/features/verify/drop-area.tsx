import { CloudUploadOutlined } from '@ant-design/icons';
import { type DragEvent, useState } from 'react';
import { useText } from '../../text/use-text.ts';

interface Props {
  readonly onChoose: () => void;
  readonly onDrop: (files: readonly File[]) => void;
}

/** Where a file to be judged is dropped. It is read, and nothing of it runs. */
export function DropArea({ onChoose, onDrop }: Props) {
  const { t } = useText();
  const [over, setOver] = useState(false);
  const drag = (event: DragEvent, isOver: boolean): void => {
    event.preventDefault();
    setOver(isOver);
  };
  return (
    <button
      type="button"
      className={over ? 'verify-drop verify-drop-over' : 'verify-drop'}
      onClick={onChoose}
      onDragLeave={(event) => drag(event, false)}
      onDragOver={(event) => drag(event, true)}
      onDrop={(event) => {
        drag(event, false);
        onDrop([...event.dataTransfer.files]);
      }}
    >
      <CloudUploadOutlined aria-hidden />
      <span className="verify-drop-lead">{t('window.verify.drop')}</span>
      <span className="meta text3">{t('window.verify.kinds')}</span>
    </button>
  );
}
