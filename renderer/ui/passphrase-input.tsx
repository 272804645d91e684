import { Input, type InputRef } from 'antd';
import { type ComponentProps, type KeyboardEvent, type Ref, useState } from 'react';
import { useText } from '../text/use-text.ts';
import './passphrase-input.css';

export type PassphraseRef = InputRef;

type Props = ComponentProps<typeof Input.Password> & { readonly ref?: Ref<InputRef> };

/** A field for a secret: can be looked at, and warns of Caps Lock. */
export function PassphraseInput(props: Props) {
  const { t } = useText();
  const [capsLock, setCapsLock] = useState(false);
  const look = (event: KeyboardEvent<HTMLInputElement>): void => setCapsLock(event.getModifierState('CapsLock'));
  return (
    <>
      <Input.Password
        autoComplete="off"
        spellCheck={false}
        {...props}
        onBlur={(event) => {
          setCapsLock(false);
          props.onBlur?.(event);
        }}
        onKeyDown={(event) => {
          look(event);
          props.onKeyDown?.(event);
        }}
        onKeyUp={look}
      />
      <p aria-live="polite" className="passphrase-caps">
        {capsLock && t('window.passphrase.capsLock')}
      </p>
    </>
  );
}
