import { Modal, type ModalProps } from 'antd';
import { type RefObject, useId } from 'react';
import { useFocusBack } from './use-focus-back.ts';

interface Props extends Omit<ModalProps, 'footer' | 'afterClose' | 'afterOpenChange' | 'wrapProps'> {
  /** What has the focus once it is open, unless a person was there first. */
  readonly first?: RefObject<{ focus(): void } | null>;
}

const CONTROL = ':is(a[href], button, input, textarea, select)';

/** Open as long as it is drawn, or as `open` says. Closed or drawn no more, it gives the focus back to whatever opened it. */
export function Dialog({ open = true, first, ...props }: Props) {
  const id = useId();
  const own = `[data-dialog="${id}"]`;
  const giveBack = useFocusBack(open, own);
  // Whoever is quicker than the opening stands in a field by then: a passphrase that is typed there would go to the way back, and Enter with it
  const onOpened = (shown: boolean): void => {
    if (shown && document.activeElement?.matches(`${own} ${CONTROL}`) !== true) first?.current?.focus();
  };
  return (
    <Modal
      {...props}
      afterClose={giveBack}
      afterOpenChange={onOpened}
      footer={null}
      open={open}
      wrapProps={{ 'data-dialog': id }}
    />
  );
}
