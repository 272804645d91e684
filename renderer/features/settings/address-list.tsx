import { Button, Form, Input } from 'antd';
import { useText } from '../../text/use-text.ts';

interface Props {
  readonly items: readonly string[];
  readonly none: string;
  readonly placeholder: string;
  readonly invalid: string;
  readonly isValid: (typed: string) => boolean;
  readonly onChange: (items: readonly string[]) => void;
}

/** Addresses in their order, one added or dropped at a time. */
export function AddressList({ items, none, placeholder, invalid, isValid, onChange }: Props) {
  const { t } = useText();
  const [form] = Form.useForm<{ address: string }>();
  return (
    <div className="sheet">
      {items.length === 0 && <p className="settings-row text3">{none}</p>}
      <ul className="settings-rows">
        {items.map((item) => (
          <li key={item}>
            <span className="mono">{item}</span>
            <Button
              aria-label={t('window.settings.dropOne', { name: item })}
              size="small"
              onClick={() => onChange(items.filter((other) => other !== item))}
            >
              {t('window.settings.drop')}
            </Button>
          </li>
        ))}
      </ul>
      <Form
        className="settings-row"
        form={form}
        onFinish={({ address }) => {
          onChange([...items.filter((other) => other !== address), address]);
          form.resetFields();
        }}
      >
        <Form.Item
          name="address"
          rules={[
            {
              validator: (_rule, typed: string | undefined) =>
                isValid(typed ?? '') ? Promise.resolve() : Promise.reject(new Error(invalid)),
            },
          ]}
          style={{ margin: 0 }}
          validateTrigger="onSubmit"
        >
          <Input aria-label={t('window.settings.address')} className="mono" placeholder={placeholder} />
        </Form.Item>
        <Button htmlType="submit">{t('window.settings.addOne')}</Button>
      </Form>
    </div>
  );
}
