import { PrinterOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { FailureLine } from '../../ui/error-sheet.tsx';
import type { RecoveryKey } from './first-run.tsx';
import { StepBody, StepFoot } from './step-body.tsx';

interface Props {
  readonly recoveryKey: RecoveryKey;
  readonly onDone: () => void;
}

/** Printed once, then read back from the paper: a key that nobody can read is none. */
export function RecoveryKeyStep({ recoveryKey: { groups, ask }, onDone }: Props) {
  const { t } = useText();
  const [form] = Form.useForm<Record<string, string | boolean>>();
  const [reading, setReading] = useState(false);
  const print = useTell('vault:print-recovery-key');
  const check = useTell('vault:check-recovery-key');

  const submit = (fields: Record<string, string | boolean>): void => {
    const typed = ask.map((index) => ({ index, text: String(fields[`group${index}`]).trim().toUpperCase() }));
    check.tell(
      { groups: typed },
      {
        onSuccess: ({ wrong }) => {
          if (wrong.length === 0) onDone();
          else {
            form.setFields(
              wrong.map((index) => ({ name: `group${index}`, errors: [t('window.firstRun.recoveryKey.wrong')] })),
            );
            form.getFieldInstance(`group${wrong[0]}`)?.focus();
          }
        },
      },
    );
  };

  return (
    <StepBody lead={t('window.firstRun.recoveryKey.lead')} title={t('window.firstRun.recoveryKey.title')}>
      <ol aria-label={t('window.firstRun.recoveryKey.label')} className="recovery-key sheet">
        {groups.map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place in the key
          <li key={index}>
            <small className="num">{index + 1}</small>
            {/* Hidden while it is typed back: from the paper, not from the screen. */}
            <span>{reading ? '····' : group}</span>
          </li>
        ))}
      </ol>
      <div className="recovery-key-acts">
        <Button icon={<PrinterOutlined />} loading={print.isPending} onClick={() => print.tell({})}>
          {t('window.firstRun.recoveryKey.print')}
        </Button>
        <span className="meta text3">{t('window.firstRun.recoveryKey.warning')}</span>
      </div>
      {print.failure !== null && <FailureLine failure={print.failure} />}
      <Form
        className="first-run-form"
        form={form}
        layout="vertical"
        requiredMark={false}
        scrollToFirstError={{ focus: true }}
        onFinish={submit}
      >
        <div className="recovery-key-groups">
          {ask.map((index) => (
            <Form.Item
              key={index}
              label={t('window.firstRun.recoveryKey.typeBack', { n: index })}
              name={`group${index}`}
              rules={[{ required: true, message: t('window.firstRun.recoveryKey.missing') }]}
            >
              <Input
                autoComplete="off"
                className="mono recovery-key-input"
                maxLength={8}
                spellCheck={false}
                onBlur={() => setReading(false)}
                onFocus={() => setReading(true)}
              />
            </Form.Item>
          ))}
        </div>
        <Form.Item
          name="kept"
          rules={[
            {
              validator: (_rule, kept: boolean | undefined) =>
                kept === true
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('window.firstRun.recoveryKey.keptMissing'))),
            },
          ]}
          valuePropName="checked"
        >
          <Checkbox>{t('window.firstRun.recoveryKey.kept')}</Checkbox>
        </Form.Item>
        {check.failure !== null && <FailureLine failure={check.failure} />}
        <StepFoot busy={check.isPending} next={t('window.firstRun.next')} />
      </Form>
    </StepBody>
  );
}
