import { Button } from 'antd';
import { useState } from 'react';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import type { PersonId } from '../../../shared/model/brand.ts';
import { WARN_DAYS } from '../../../shared/model/warn-days.ts';
import { secretBytes, useAsk, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { Digest } from '../../ui/digest.tsx';
import { ErrorSheet } from '../../ui/error-sheet.tsx';
import { Section } from '../../ui/section.tsx';
import { SignAct } from '../../ui/sign-act.tsx';
import { Status } from '../../ui/status.tsx';
import { useToast } from '../../ui/use-toast.ts';

type Key = ResponseOf<'office:vault-keys'>['items'][number];

/** What counterparts seal for and what signs receipts, until when, and their renewal. */
export function VaultKeys({ person }: { readonly person: PersonId | null }) {
  const { t } = useText();
  const toast = useToast();
  const { value, failure, again } = useAsk('office:vault-keys', {});
  const renew = useTell('office:renew-keys');
  const [asking, setAsking] = useState(false);
  const back = (): void => {
    setAsking(false);
    renew.forget();
  };
  const run = (signer: PersonId, passphrase: string): void =>
    renew.tell(
      { credentials: { person: signer, secret: secretBytes(passphrase) }, kinds: ['encryption', 'receipt'] },
      {
        onSuccess: ({ version }) => {
          back();
          toast(t('window.settings.keys.renewed', { version }));
        },
      },
    );
  return (
    <div className="settings-below">
      <Section title={t('window.settings.keys.title')}>
        <p className="meta text2">{t('window.settings.keys.lead')}</p>
        {failure !== null && <ErrorSheet failure={failure} onRetry={again} />}
        {value !== undefined && value.items.length > 0 && (
          <ul className="sheet settings-keys">
            {value.items.map((key) => (
              <Row key={key.kind} vaultKey={key} />
            ))}
          </ul>
        )}
        <div className="settings-below settings-acts">
          <Button onClick={() => setAsking(true)}>{t('window.settings.keys.renew')}</Button>
        </div>
      </Section>
      <SignAct
        busy={renew.isPending}
        failure={renew.failure}
        open={asking}
        signer={person}
        title={t('window.settings.keys.renewTitle')}
        verb={t('window.settings.keys.renewVerb')}
        onBack={back}
        onSign={run}
      >
        <p>{t('window.settings.keys.renewBody')}</p>
        <p>{t('window.settings.keys.renewAfter')}</p>
      </SignAct>
    </div>
  );
}

function Row({ vaultKey: { kind, certificate, keeper, daysLeft } }: { readonly vaultKey: Key }) {
  const { t, date } = useText();
  const tone = daysLeft < 0 ? 'failed' : daysLeft < WARN_DAYS[0] ? 'waiting' : 'none';
  return (
    <li className="num">
      <span>{t(`window.settings.keys.kind.${kind}`)}</span>
      <Status tone={tone}>
        {daysLeft < 0 ? t('window.settings.keys.ended') : t('window.settings.keys.daysLeft', { count: daysLeft })}
      </Status>
      <span className="text2">{t('window.settings.keys.until', { time: date(certificate.notAfter) })}</span>
      <Digest value={certificate.sha256} />
      {keeper === 'token' && <span className="meta text3">{t('window.settings.keys.onToken')}</span>}
    </li>
  );
}
