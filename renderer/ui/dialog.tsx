import { Modal, type ModalProps } from 'antd';
import { useFocusBack } from './use-focus-back.ts';

/** A dialog that is open as long as it is drawn; whoever draws it no more closes it. */
export function Dialog(props: Omit<ModalProps, 'open' | 'footer'>) {
  useFocusBack();
  return <Modal {...props} footer={null} open />;
}
