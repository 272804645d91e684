import { Button, Form, Input, Segmented } from 'antd';
import { useState } from 'react';
import { secretBytes, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { FailureLine } from '../../ui/error-sheet.tsx';
import { PassphraseInput } from '../../ui/passphrase-input.tsx';
import { StepBody, StepFoot } from './step-body.tsx';

interface Props {
  readonly onBack: () => void;
  readonly onDone: () => void;
}

type Kind = 'passphrase' | 'recovery-key';

export function RestoreStep({ onBack, onDone }: Props) {
  const { t } = useText();
  const [folder, setFolder] = useState<{ readonly token: string; readonly name: string } | null>(null);
  const [missing, setMissing] = useState(false);
  const [kind, setKind] = useState<Kind>('passphrase');
  const choose = useTell('file:choose-folder');
  const restore = useTell('vault:restore');

  const submit = ({ secret }: { readonly secret: string }): void => {
    if (folder === null) {
      setMissing(true);
      return;
    }
    const bytes = secretBytes(secret.trim());
    restore.tell(
      {
        backup: folder.token,
        secret: kind === 'passphrase' ? { kind, passphrase: bytes } : { kind, recoveryKey: bytes },
      },
      { onSuccess: () => onDone() },
    );
  };

  return (
    <StepBody lead={t('window.firstRun.restore.lead')} title={t('window.firstRun.restore.title')}>
      <Form<{ secret: string }>
        className="first-run-form first-run-narrow"
        layout="vertical"
        requiredMark={false}
        scrollToFirstError={{ focus: true }}
        onFinish={submit}
      >
        <Form.Item
          htmlFor="backup"
          label={t('window.firstRun.restore.folder')}
          {...(missing && folder === null
            ? { validateStatus: 'error' as const, help: t('window.firstRun.restore.folderMissing') }
            : {})}
        >
          <Button
            id="backup"
            onClick={() =>
              choose.tell(
                { purpose: 'vault-backup' },
                { onSuccess: (answer) => answer.folder && setFolder(answer.folder) },
              )
            }
          >
            {folder === null ? t('window.firstRun.restore.choose') : folder.name}
          </Button>
        </Form.Item>
        <Form.Item>
          <Segmented<Kind>
            aria-label={t('window.firstRun.restore.kind')}
            options={[
              { value: 'passphrase', label: t('window.firstRun.restore.passphrase') },
              { value: 'recovery-key', label: t('window.firstRun.restore.recoveryKey') },
            ]}
            value={kind}
            onChange={setKind}
          />
        </Form.Item>
        <Form.Item
          label={
            kind === 'passphrase' ? t('window.firstRun.restore.passphrase') : t('window.firstRun.restore.recoveryKey')
          }
          name="secret"
          rules={[{ required: true, message: t('window.firstRun.restore.secretMissing') }]}
        >
          {kind === 'passphrase' ? (
            <PassphraseInput />
          ) : (
            <Input.TextArea autoComplete="off" className="growing mono" rows={2} spellCheck={false} />
          )}
        </Form.Item>
        {restore.failure !== null && <FailureLine failure={restore.failure} />}
        <StepFoot busy={restore.isPending} next={t('window.firstRun.restore.restore')} onBack={onBack} />
      </Form>
    </StepBody>
  );
}
