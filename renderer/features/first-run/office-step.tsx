import { Form, Input, Select } from 'antd';
import { isRegionCode, isUscc } from '../../../shared/model/identifiers.ts';
import { OFFICE_TYPES } from '../../../shared/model/vocabulary.ts';
import { useText } from '../../text/use-text.ts';
import type { OfficeFields } from './first-run.tsx';
import { StepBody, StepFoot } from './step-body.tsx';

interface Props {
  readonly office: OfficeFields | null;
  readonly onBack: () => void;
  readonly onDone: (office: OfficeFields) => void;
}

const USCC_LENGTH = 18;

export function OfficeStep({ office, onBack, onDone }: Props) {
  const { t } = useText();
  const [form] = Form.useForm<OfficeFields>();
  const region: unknown = Form.useWatch('region', form);

  // Digits 3 to 8 of the code name the region of the registering authority: most often the office's own.
  const proposeRegion = (id: string): void => {
    const proposed = id.slice(2, 8);
    const typed: unknown = form.getFieldValue('region');
    if (isUscc(id) && isRegionCode(proposed) && (typed === undefined || typed === '')) {
      form.setFieldsValue({ region: proposed });
    }
  };

  return (
    <StepBody lead={t('window.firstRun.office.lead')} title={t('window.firstRun.office.title')}>
      <Form
        className="first-run-form"
        form={form}
        initialValues={office ?? { type: 'law-firm' }}
        layout="vertical"
        requiredMark={false}
        scrollToFirstError={{ focus: true }}
        onFinish={(fields) => onDone({ ...fields, name: fields.name.trim() })}
      >
        <Form.Item
          label={t('window.office.name')}
          name="name"
          rules={[{ required: true, whitespace: true, message: t('window.office.nameMissing') }]}
        >
          <Input lang="zh-CN" maxLength={200} />
        </Form.Item>
        <div className="first-run-pair">
          <Form.Item
            label={t('window.office.uscc')}
            name="id"
            normalize={(typed: string) => typed.toUpperCase().replaceAll(/\s/g, '')}
            rules={[
              { required: true, message: t('window.office.usccMissing') },
              {
                validator: (_rule, typed: string | undefined) => {
                  if (typed === undefined || typed === '' || isUscc(typed)) return Promise.resolve();
                  const key = typed.length === USCC_LENGTH ? 'usccWrong' : 'usccLength';
                  return Promise.reject(new Error(t(`window.office.${key}`, { count: typed.length })));
                },
              },
            ]}
            validateTrigger="onBlur"
          >
            <Input className="num" maxLength={24} onBlur={(event) => proposeRegion(event.target.value)} />
          </Form.Item>
          <Form.Item label={t('window.office.type')} name="type">
            <Select options={OFFICE_TYPES.map((value) => ({ value, label: t(`window.officeType.${value}`) }))} />
          </Form.Item>
        </div>
        <Form.Item
          extra={<RegionName code={typeof region === 'string' ? region : ''} />}
          label={t('window.office.region')}
          name="region"
          rules={[
            { required: true, message: t('window.office.regionMissing') },
            {
              validator: (_rule, typed: string | undefined) =>
                typed === undefined || typed === '' || isRegionCode(typed)
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('window.office.regionWrong'))),
            },
          ]}
          validateTrigger="onBlur"
        >
          <Input className="num first-run-code" inputMode="numeric" maxLength={6} />
        </Form.Item>
        <StepFoot next={t('window.firstRun.next')} onBack={onBack} />
      </Form>
    </StepBody>
  );
}

function RegionName({ code }: { readonly code: string }) {
  const { t } = useText();
  return <span className="meta">{isRegionCode(code) ? regionName(t, code) : t('window.office.regionHint')}</span>;
}

function regionName(t: ReturnType<typeof useText>['t'], code: string): string {
  return t(`window.region.${code.slice(0, 2)}` as 'window.region.31');
}
