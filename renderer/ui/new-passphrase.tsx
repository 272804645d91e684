import { Form, type FormInstance } from 'antd';
import { passphraseStrength } from '../../shared/model/passphrase-strength.ts';
import { useText } from '../text/use-text.ts';
import { PassphraseInput } from './passphrase-input.tsx';
import { StrengthBar } from './strength-bar.tsx';

interface Props {
  // biome-ignore lint/suspicious/noExplicitAny: antd's form is invariant in its values, and this part only knows two of them
  readonly form: FormInstance<any>;
  readonly label: string;
  /** Characters. */
  readonly shortest: number;
}

/** A new passphrase, how hard it is to guess, and once more against slips. Fields `passphrase` and `again`. */
export function NewPassphrase({ form, label, shortest }: Props) {
  const { t } = useText();
  const value: unknown = Form.useWatch('passphrase', form);
  const passphrase = typeof value === 'string' ? value : '';
  return (
    <>
      <Form.Item
        extra={<StrengthBar passphrase={passphrase} />}
        label={label}
        name="passphrase"
        rules={[
          { required: true, message: t('window.passphrase.missing') },
          { min: shortest, message: t('window.passphrase.short', { count: shortest }) },
          {
            validator: (_rule, typed: string) =>
              (typed ?? '').length >= shortest && passphraseStrength(typed) === 'poor'
                ? Promise.reject(new Error(t('window.passphrase.poor')))
                : Promise.resolve(),
          },
        ]}
      >
        <PassphraseInput autoComplete="new-password" />
      </Form.Item>
      <Form.Item
        dependencies={['passphrase']}
        label={t('window.passphrase.again')}
        name="again"
        rules={[
          {
            validator: (_rule, typed: string) =>
              typed === form.getFieldValue('passphrase')
                ? Promise.resolve()
                : Promise.reject(new Error(t('window.passphrase.differ'))),
          },
        ]}
      >
        <PassphraseInput autoComplete="new-password" />
      </Form.Item>
    </>
  );
}
