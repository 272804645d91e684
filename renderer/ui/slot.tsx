import { CloudUploadOutlined } from '@ant-design/icons';
import { type DragEvent, type ReactNode, useState } from 'react';
import type { ToneName } from '../../shared/design/tokens.ts';
import { useText } from '../text/use-text.ts';
import { Dot, Tick } from './glyphs.tsx';
import './slot.css';

interface Props {
  /** Under which it can be found and brought into view. */
  readonly id?: string;
  /** The material's name in the procedure's words. */
  readonly name: string;
  readonly optional?: boolean;
  /** `failed` only after a review found it missing; a hash that runs is `hashing`. */
  readonly state: 'empty' | 'missing' | 'hashing' | 'filled';
  /** The files in it, one {@link SlotFile} each. */
  readonly children?: ReactNode;
  /** Acts on the slot, at the right. */
  readonly extra?: ReactNode;
  readonly onPick: () => void;
  readonly onFiles: (files: readonly File[]) => void;
}

const TONES: Readonly<Record<Exclude<Props['state'], 'filled'>, ToneName>> = {
  empty: 'none',
  missing: 'failed',
  hashing: 'waiting',
};

/** A named place for material: first what it is for, then the files. Several files stack. */
export function Slot({ id, name, optional = false, state, children, extra, onPick, onFiles }: Props) {
  const { t } = useText();
  const [over, setOver] = useState(false);
  const drag = (event: DragEvent, isOver: boolean): void => {
    event.preventDefault();
    setOver(isOver);
  };
  return (
    <li
      {...(id === undefined ? {} : { id, 'data-slot': id.replace(/^slot-/, '') })}
      className={over ? 'slot slot-over' : 'slot'}
      onDragLeave={(event) => drag(event, false)}
      onDragOver={(event) => drag(event, true)}
      onDrop={(event) => {
        drag(event, false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      {state === 'filled' ? <Tick /> : <Dot tone={TONES[state]} />}
      <span>
        {name}
        {optional && <span className="text3">{t('window.slot.optional')}</span>}
      </span>
      <div className="slot-files">
        {children}
        {(state === 'empty' || state === 'missing') && (
          <button type="button" className="slot-drop" onClick={onPick}>
            <CloudUploadOutlined aria-hidden />
            {t('window.slot.drop')}
          </button>
        )}
      </div>
      {extra}
    </li>
  );
}
