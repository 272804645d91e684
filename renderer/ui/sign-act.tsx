import type { ComponentProps } from 'react';
import type { PersonId } from '../../shared/model/brand.ts';
import { useText } from '../text/use-text.ts';
import { ConfirmAct } from './confirm-act.tsx';

interface Props extends Omit<ComponentProps<typeof ConfirmAct>, 'signs' | 'onConfirm'> {
  /** Who sits at this window; null: nobody yet, and nothing is signed. */
  readonly signer: PersonId | null;
  readonly onSign: (signer: PersonId, passphrase: string) => void;
}

/** Before something that the person at this window signs for the office. */
export function SignAct({ signer, onSign, children, ...act }: Props) {
  const { t } = useText();
  return (
    <ConfirmAct {...act} signs onConfirm={(passphrase) => signer !== null && onSign(signer, passphrase)}>
      {children}
      {signer === null && <p className="tone-failed">{t('window.settings.office.nobody')}</p>}
    </ConfirmAct>
  );
}
