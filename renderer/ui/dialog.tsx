import { Modal, type ModalProps } from 'antd';
import { type RefObject, useId, useRef } from 'react';
import { useFocusBack } from './use-focus-back.ts';

interface Props extends Omit<ModalProps, 'footer' | 'afterClose' | 'afterOpenChange' | 'wrapProps'> {
  /** What has the focus once it is open, unless a person was there first. */
  readonly first?: RefObject<{ focus(): void } | null>;
}

/** Open as long as it is drawn, or as `open` says. Closed or drawn no more, it gives the focus back to whatever opened it. */
export function Dialog({ open = true, first, ...props }: Props) {
  const id = useId();
  const giveBack = useFocusBack(open, `[data-dialog="${id}"]`);
  // Whoever is quicker than the opening is in a field by then: a passphrase that is typed there would go to the way back, and Enter with it
  const isUsed = useRef(false);
  const use = (): void => {
    isUsed.current = true;
  };
  const onOpened = (shown: boolean): void => {
    if (shown && !isUsed.current) first?.current?.focus();
    isUsed.current = false;
  };
  return (
    <Modal
      {...props}
      afterClose={giveBack}
      afterOpenChange={onOpened}
      footer={null}
      open={open}
      wrapProps={{ 'data-dialog': id, onKeyDownCapture: use, onPointerDownCapture: use } as ModalProps['wrapProps']}
    />
  );
}
