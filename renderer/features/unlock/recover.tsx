import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { SHORTEST_PASSPHRASE } from '../../../shared/model/passphrase-strength.ts';
import { secretBytes, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { FailureLine } from '../../ui/error-sheet.tsx';
import { NewPassphrase } from '../../ui/new-passphrase.tsx';

interface Fields {
  readonly recoveryKey: string;
  readonly passphrase: string;
  readonly again: string;
}

/** With the paper from the safe: opens the vault and sets a new passphrase. Signing keys keep their own. */
export function Recover({ onBack }: { readonly onBack: () => void }) {
  const { t } = useText();
  const [form] = Form.useForm<Fields>();
  const [recovering, setRecovering] = useState(false);
  const recover = useTell('vault:recover');
  const submit = ({ recoveryKey, passphrase }: Fields): void => {
    setRecovering(true);
    recover.tell(
      { recoveryKey: secretBytes(recoveryKey.trim()), passphrase: secretBytes(passphrase) },
      { onSettled: () => setRecovering(false) },
    );
  };
  return (
    <Form form={form} layout="vertical" requiredMark={false} scrollToFirstError={{ focus: true }} onFinish={submit}>
      <p className="meta text2 unlock-lead">{t('window.unlock.recoverLead')}</p>
      <Form.Item
        label={t('window.unlock.recoveryKey')}
        name="recoveryKey"
        rules={[{ required: true, message: t('window.unlock.recoveryKeyMissing') }]}
      >
        <Input.TextArea autoFocus autoComplete="off" className="growing mono" rows={3} spellCheck={false} />
      </Form.Item>
      <NewPassphrase form={form} label={t('window.unlock.newPassphrase')} shortest={SHORTEST_PASSPHRASE} />
      {recover.failure !== null && <FailureLine failure={recover.failure} />}
      <div className="unlock-acts">
        <Button onClick={onBack}>{t('window.confirm.back')}</Button>
        <Button htmlType="submit" loading={recovering} type="primary">
          {t('window.unlock.recover')}
        </Button>
      </div>
    </Form>
  );
}
