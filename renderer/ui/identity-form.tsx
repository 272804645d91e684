import { Button, Form, Input, Segmented } from 'antd';
import { type ReactNode, useState } from 'react';
import type { ChosenFile } from '../../shared/ipc/parts.ts';
import { SHORTEST_PASSPHRASE } from '../../shared/model/passphrase-strength.ts';
import { useText } from '../text/use-text.ts';
import { type Failure, FailureLine } from './error-sheet.tsx';
import { NewPassphrase } from './new-passphrase.tsx';
import { PassphraseInput } from './passphrase-input.tsx';

export interface IdentityFields {
  readonly kind: 'import' | 'trial';
  /** Null for a trial identity only. */
  readonly file: ChosenFile | null;
  readonly name: string;
  /** Of the file. */
  readonly password: string;
  /** Under which the person will sign. */
  readonly passphrase: string;
}

interface Props {
  readonly failure: Failure | null;
  /** With the button that submits. */
  readonly foot: ReactNode;
  readonly className?: string;
  readonly onChooseFile: (took: (file: ChosenFile) => void) => void;
  readonly onSubmit: (fields: IdentityFields) => void;
}

interface Typed {
  readonly name: string;
  readonly password?: string;
  readonly passphrase: string;
}

/** Who signs: a certificate that the person has, or one to try with. */
export function IdentityForm({ failure, foot, className, onChooseFile, onSubmit }: Props) {
  const { t } = useText();
  const [form] = Form.useForm<Typed>();
  const [kind, setKind] = useState<IdentityFields['kind']>('import');
  const [file, setFile] = useState<ChosenFile | null>(null);
  const [fileMissing, setFileMissing] = useState(false);

  const submit = ({ name, password = '', passphrase }: Typed): void => {
    if (kind === 'import' && file === null) setFileMissing(true);
    else onSubmit({ kind, file: kind === 'import' ? file : null, name: name.trim(), password, passphrase });
  };

  return (
    <Form
      className={className ?? ''}
      form={form}
      layout="vertical"
      requiredMark={false}
      scrollToFirstError={{ focus: true }}
      onFinish={submit}
    >
      <Form.Item extra={<span className="meta">{t(`window.identity.${kind}Note`)}</span>}>
        <Segmented<IdentityFields['kind']>
          aria-label={t('window.identity.kind')}
          options={[
            { value: 'import', label: t('window.identity.import') },
            { value: 'trial', label: t('window.identity.trial') },
          ]}
          value={kind}
          onChange={setKind}
        />
      </Form.Item>
      {kind === 'import' && (
        <>
          <Form.Item
            htmlFor="p12"
            label={t('window.identity.file')}
            {...(fileMissing && file === null
              ? { validateStatus: 'error' as const, help: t('window.identity.fileMissing') }
              : {})}
          >
            <Button id="p12" onClick={() => onChooseFile(setFile)}>
              {file === null ? t('window.identity.chooseFile') : file.name}
            </Button>
          </Form.Item>
          <Form.Item label={t('window.identity.password')} name="password">
            <PassphraseInput />
          </Form.Item>
        </>
      )}
      <Form.Item
        label={t('window.identity.name')}
        name="name"
        rules={[{ required: true, whitespace: true, message: t('window.identity.nameMissing') }]}
      >
        <Input lang="zh-CN" maxLength={100} />
      </Form.Item>
      <NewPassphrase form={form} label={t('window.identity.signingPassphrase')} shortest={SHORTEST_PASSPHRASE} />
      {failure !== null && <FailureLine failure={failure} />}
      {foot}
    </Form>
  );
}
