import { Button, Form } from 'antd';
import { useEffect, useRef, useState } from 'react';
import type { Language } from '../../../shared/i18n/create-i18n.ts';
import type { VaultStateView } from '../../../shared/ipc/channels/vault.ts';
import { secretBytes, useTell } from '../../data/use-ask.ts';
import { useNow } from '../../text/use-now.ts';
import { useText } from '../../text/use-text.ts';
import { FailureLine } from '../../ui/error-sheet.tsx';
import { Mark } from '../../ui/glyphs.tsx';
import { LockPage } from '../../ui/lock-page.tsx';
import { PassphraseInput, type PassphraseRef } from '../../ui/passphrase-input.tsx';
import { Recover } from './recover.tsx';
import './unlock.css';

interface Props {
  readonly vault: VaultStateView;
  readonly version: string;
  readonly onLanguage: (language: Language) => void;
}

/** Before the vault is open: who it belongs to and how many packages wait, no names. */
export function Unlock({ vault, version, onLanguage }: Props) {
  const { t } = useText();
  const [recovering, setRecovering] = useState(false);
  return (
    <LockPage version={version} onLanguage={onLanguage}>
      <section className="unlock sheet">
        <Mark size={36} />
        <h1>{recovering ? t('window.unlock.recoverTitle') : t('window.unlock.title')}</h1>
        {vault.office !== null && (
          <p className="text2 unlock-office" lang="zh-CN">
            {vault.office}
          </p>
        )}
        {recovering ? <Recover onBack={() => setRecovering(false)} /> : <PassphraseForm vault={vault} />}
        {!recovering && (
          <div className="unlock-ways">
            <button type="button" className="link" onClick={() => setRecovering(true)}>
              {t('window.unlock.useRecoveryKey')}
            </button>
          </div>
        )}
      </section>
    </LockPage>
  );
}

function PassphraseForm({ vault }: { readonly vault: VaultStateView }) {
  const { t, time } = useText();
  const now = useNow();
  const field = useRef<PassphraseRef>(null);
  const [passphrase, setPassphrase] = useState('');
  const unlock = useTell('vault:unlock');
  const busy = unlock.isPending || vault.state === 'opening' || vault.state === 'closing';
  useEffect(() => field.current?.focus(), []);

  const submit = (): void => {
    if (passphrase === '') {
      field.current?.focus();
      return;
    }
    unlock.tell(
      { passphrase: secretBytes(passphrase) },
      { onSettled: () => setPassphrase(''), onError: () => field.current?.focus() },
    );
  };

  return (
    <>
      <Form layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item htmlFor="passphrase" label={t('window.unlock.passphrase')}>
          <PassphraseInput
            ref={field}
            id="passphrase"
            value={passphrase}
            onChange={(event) => setPassphrase(event.target.value)}
          />
        </Form.Item>
        {unlock.failure !== null && !busy && <FailureLine failure={unlock.failure} />}
        {vault.notBefore !== null && new Date(vault.notBefore) > now && (
          <p className="meta text2 num">{t('window.unlock.notBefore', { time: time(vault.notBefore) })}</p>
        )}
        <Button block htmlType="submit" loading={busy} type="primary">
          {t('window.unlock.unlock')}
        </Button>
      </Form>
      <div className="meta text3 unlock-notes">
        {vault.lockedBecause !== 'start' && <p>{t(`window.unlock.because.${vault.lockedBecause}`)}</p>}
        {vault.waiting !== null && vault.waiting > 0 && (
          <p className="num">{t('window.unlock.waiting', { count: vault.waiting })}</p>
        )}
      </div>
    </>
  );
}
