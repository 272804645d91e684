import { Button, Form, InputNumber, Select, Switch } from 'antd';
import { SHORTEST_PASSPHRASE } from '../../../shared/model/passphrase-strength.ts';
import type { Settings } from '../../../shared/model/settings.ts';
import { secretBytes, useAsk, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { ErrorSheet, FailureLine } from '../../ui/error-sheet.tsx';
import { NewPassphrase } from '../../ui/new-passphrase.tsx';
import { PassphraseInput } from '../../ui/passphrase-input.tsx';
import { Section } from '../../ui/section.tsx';
import { useToast } from '../../ui/use-toast.ts';
import { SettingRow } from './setting-row.tsx';

const PROTECTIONS = ['off', 'restricted', 'always'] as const;
const LONGEST = 240;

export function LockSection() {
  const { t } = useText();
  const { value, failure, again } = useAsk('settings:show', {});
  const change = useTell('settings:change');
  if (failure !== null) return <ErrorSheet failure={failure} onRetry={again} />;
  if (value === undefined) return null;
  return (
    <>
      <div className="sheet">
        <SettingRow label={t('window.settings.lock.after')} note={t('window.settings.lock.afterNote')}>
          {(ids) => (
            <InputNumber
              {...ids}
              controls={false}
              max={LONGEST}
              min={0}
              style={{ width: 120 }}
              suffix={t('window.settings.minutes')}
              value={value.lockAfter}
              onChange={(lockAfter) => lockAfter !== null && change.tell({ lockAfter })}
            />
          )}
        </SettingRow>
        <SettingRow label={t('window.settings.lock.suspend')}>
          {(ids) => (
            <Switch {...ids} checked={value.lockOnSuspend} onChange={(on) => change.tell({ lockOnSuspend: on })} />
          )}
        </SettingRow>
        <SettingRow label={t('window.settings.lock.protection')} note={t('window.settings.lock.protectionNote')}>
          {(ids) => (
            <Select<Settings['contentProtection']>
              {...ids}
              options={PROTECTIONS.map((each) => ({ value: each, label: t(`window.settings.lock.${each}`) }))}
              popupMatchSelectWidth={false}
              style={{ width: 160 }}
              value={value.contentProtection}
              onChange={(contentProtection) => change.tell({ contentProtection })}
            />
          )}
        </SettingRow>
        <SettingRow label={t('window.settings.lock.notify')} note={t('window.settings.lock.notifyNote')}>
          {(ids) => (
            <Switch {...ids} checked={value.notifications} onChange={(on) => change.tell({ notifications: on })} />
          )}
        </SettingRow>
      </div>
      {change.failure !== null && <FailureLine failure={change.failure} />}
      <div className="settings-below">
        <Section title={t('window.settings.lock.passphrase')}>
          <ChangePassphrase />
        </Section>
      </div>
    </>
  );
}

function ChangePassphrase() {
  const { t } = useText();
  const toast = useToast();
  const [form] = Form.useForm<{ current: string; passphrase: string; again: string }>();
  const change = useTell('vault:change-passphrase');
  return (
    <Form
      className="sheet settings-passphrase"
      form={form}
      layout="vertical"
      requiredMark={false}
      scrollToFirstError={{ focus: true }}
      style={{ padding: 16 }}
      onFinish={({ current, passphrase }) =>
        change.tell(
          { current: secretBytes(current), passphrase: secretBytes(passphrase) },
          {
            onSuccess: () => {
              form.resetFields();
              toast(t('window.settings.lock.changed'));
            },
          },
        )
      }
    >
      <Form.Item
        label={t('window.settings.lock.current')}
        name="current"
        rules={[{ required: true, message: t('window.passphrase.missing') }]}
      >
        <PassphraseInput />
      </Form.Item>
      <NewPassphrase form={form} label={t('window.unlock.newPassphrase')} shortest={SHORTEST_PASSPHRASE} />
      {change.failure !== null && <FailureLine failure={change.failure} />}
      <Button htmlType="submit" loading={change.isPending}>
        {t('window.settings.lock.change')}
      </Button>
    </Form>
  );
}
