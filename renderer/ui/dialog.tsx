import { Modal, type ModalProps } from 'antd';
import { useId } from 'react';
import { useFocusBack } from './use-focus-back.ts';

/** Open as long as it is drawn, or as `open` says. Closed or drawn no more, it gives the focus back to whatever opened it. */
export function Dialog({ open = true, ...props }: Omit<ModalProps, 'footer' | 'afterClose' | 'wrapProps'>) {
  const id = useId();
  const giveBack = useFocusBack(open, `[data-dialog="${id}"]`);
  return <Modal {...props} afterClose={giveBack} footer={null} open={open} wrapProps={{ 'data-dialog': id }} />;
}
