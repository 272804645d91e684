import { Button, Form, Input, Segmented } from 'antd';
import { useState } from 'react';
import type { ChosenFile } from '../../../shared/ipc/parts.ts';
import { SHORTEST_PASSPHRASE } from '../../../shared/model/passphrase-strength.ts';
import { type Failure, failureOf, secretBytes, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { FailureLine } from '../../ui/error-sheet.tsx';
import { NewPassphrase } from '../../ui/new-passphrase.tsx';
import { PassphraseInput } from '../../ui/passphrase-input.tsx';
import { askIdentity } from './ask-identity.ts';
import { StepBody, StepFoot } from './step-body.tsx';

interface Props {
  readonly onDone: () => void;
  readonly onSkip: () => void;
}

interface Fields {
  readonly name: string;
  readonly password?: string;
  readonly passphrase: string;
  readonly again: string;
}

type Kind = 'import' | 'trial';

/** Who signs: a certificate that the office has, or one to try with. Its first card is signed right after. */
export function IdentityStep({ onDone, onSkip }: Props) {
  const { t } = useText();
  const [form] = Form.useForm<Fields>();
  const [kind, setKind] = useState<Kind>('import');
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [fileMissing, setFileMissing] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);
  const choose = useTell('file:choose');

  const submit = async (fields: Fields): Promise<void> => {
    if (kind === 'import' && file === null) {
      setFileMissing(true);
      return;
    }
    setBusy(true);
    setFailure(null);
    try {
      await askIdentity({
        kind,
        file: file?.token ?? null,
        name: fields.name.trim(),
        password: secretBytes(fields.password ?? ''),
        passphrase: () => secretBytes(fields.passphrase),
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
      <Form
        className="first-run-form first-run-narrow"
        form={form}
        layout="vertical"
        requiredMark={false}
        scrollToFirstError={{ focus: true }}
        onFinish={(fields) => void submit(fields)}
      >
        <Form.Item>
          <Segmented<Kind>
            aria-label={t('window.firstRun.identity.kind')}
            options={[
              { value: 'import', label: t('window.firstRun.identity.import') },
              { value: 'trial', label: t('window.firstRun.identity.trial') },
            ]}
            value={kind}
            onChange={setKind}
          />
          <p className="meta text3 first-run-note">{t(`window.firstRun.identity.${kind}Note`)}</p>
        </Form.Item>
        {kind === 'import' && (
          <>
            <Form.Item
              htmlFor="p12"
              label={t('window.firstRun.identity.file')}
              {...(fileMissing && file === null
                ? { validateStatus: 'error' as const, help: t('window.firstRun.identity.fileMissing') }
                : {})}
            >
              <Button
                id="p12"
                onClick={() =>
                  choose.tell(
                    { purpose: 'identity', several: false },
                    { onSuccess: ({ files }) => files[0] !== undefined && setFile(files[0]) },
                  )
                }
              >
                {file === null ? t('window.firstRun.identity.chooseFile') : file.name}
              </Button>
            </Form.Item>
            <Form.Item label={t('window.firstRun.identity.password')} name="password">
              <PassphraseInput />
            </Form.Item>
          </>
        )}
        <Form.Item
          label={t('window.firstRun.identity.name')}
          name="name"
          rules={[{ required: true, whitespace: true, message: t('window.firstRun.identity.nameMissing') }]}
        >
          <Input lang="zh-CN" maxLength={100} />
        </Form.Item>
        <NewPassphrase
          form={form}
          label={t('window.firstRun.identity.signingPassphrase')}
          shortest={SHORTEST_PASSPHRASE}
        />
        {failure !== null && <FailureLine failure={failure} />}
        <StepFoot
          busy={busy}
          next={t('window.firstRun.next')}
          other={
            <Button type="link" onClick={onSkip}>
              {t('window.firstRun.later')}
            </Button>
          }
        />
      </Form>
    </StepBody>
  );
}
