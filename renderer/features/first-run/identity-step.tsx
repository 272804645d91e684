import { Button } from 'antd';
import { useState } from 'react';
import { type Failure, failureOf, secretBytes, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { type IdentityFields, IdentityForm } from '../../ui/identity-form.tsx';
import { askIdentity } from './ask-identity.ts';
import { StepBody, StepFoot } from './step-body.tsx';

interface Props {
  readonly onDone: () => void;
  readonly onSkip: () => void;
}

/** The first person who signs. The office's first card is signed right after. */
export function IdentityStep({ onDone, onSkip }: Props) {
  const { t } = useText();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const choose = useTell('file:choose');

  const submit = async ({ kind, file, name, password, passphrase }: IdentityFields): Promise<void> => {
    setBusy(true);
    setFailure(null);
    try {
      await askIdentity({
        kind,
        file: file?.token ?? null,
        name,
        password: secretBytes(password),
        passphrase: () => secretBytes(passphrase),
      });
      onDone();
    } catch (error) {
      setFailure(failureOf(error));
    } finally {
      setBusy(false);
    }
  };

  return (
    <StepBody lead={t('window.firstRun.identity.lead')} title={t('window.firstRun.identity.title')}>
      <IdentityForm
        className="first-run-form first-run-narrow"
        failure={failure}
        foot={
          <StepFoot
            busy={busy}
            next={t('window.firstRun.next')}
            other={
              <Button type="link" onClick={onSkip}>
                {t('window.firstRun.later')}
              </Button>
            }
          />
        }
        onChooseFile={(took) =>
          choose.tell(
            { purpose: 'identity', several: false },
            { onSuccess: ({ files: [file] }) => file !== undefined && took(file) },
          )
        }
        onSubmit={(fields) => void submit(fields)}
      />
    </StepBody>
  );
}
