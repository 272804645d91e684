import { Button, type InputRef } from 'antd';
import { type ReactNode, useId, useRef, useState } from 'react';
import { useText } from '../text/use-text.ts';
import { Dialog } from './dialog.tsx';
import { type Failure, FailureLine } from './error-sheet.tsx';
import { PassphraseInput } from './passphrase-input.tsx';
import './confirm-act.css';

interface Props {
  readonly open: boolean;
  /** The act: 撤回申请. */
  readonly title: string;
  /** The title's verb again, on the button: 撤回. */
  readonly verb: string;
  /** What becomes true, and for whom. */
  readonly children: ReactNode;
  /** Asks for the signing passphrase, each time: the brake. */
  readonly signs?: boolean;
  readonly busy?: boolean;
  readonly failure?: Failure | null;
  readonly width?: number;
  readonly onBack: () => void;
  /** `passphrase` is empty unless `signs`. */
  readonly onConfirm: (passphrase: string) => void;
}

/** Before something irreversible. The way back has the focus; no "are you sure", no word to type. */
export function ConfirmAct(props: Props) {
  const { open, title, verb, children, signs = false, busy = false, failure = null, width = 520 } = props;
  const { t } = useText();
  const id = useId();
  const field = useRef<InputRef>(null);
  const back = useRef<HTMLButtonElement>(null);
  const [passphrase, setPassphrase] = useState('');

  const leave = (): void => {
    setPassphrase('');
    props.onBack();
  };
  const confirm = (): void => {
    if (busy) return;
    if (signs && passphrase === '') {
      field.current?.focus();
      return;
    }
    props.onConfirm(passphrase);
    setPassphrase('');
  };

  return (
    <Dialog closable={false} destroyOnHidden first={back} open={open} title={title} width={width} onCancel={leave}>
      <div className="confirm-act">
        {children}
        {signs && (
          <div className="confirm-passphrase">
            <label htmlFor={id}>{t('window.passphrase.signing')}</label>
            <PassphraseInput
              id={id}
              ref={field}
              placeholder={t('window.passphrase.eachTime')}
              value={passphrase}
              onChange={(event) => setPassphrase(event.target.value)}
              onPressEnter={confirm}
            />
          </div>
        )}
        {failure !== null && <FailureLine failure={failure} />}
        <div className="confirm-acts">
          <Button ref={back} onClick={leave}>
            {t('window.confirm.back')}
          </Button>
          <Button loading={busy} type="primary" onClick={confirm}>
            {verb}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
