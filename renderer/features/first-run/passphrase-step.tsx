import { Form } from 'antd';
import { office as officeSchema } from '../../../shared/model/office-card.ts';
import { SHORTEST_PASSPHRASE } from '../../../shared/model/passphrase-strength.ts';
import { secretBytes, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { FailureLine } from '../../ui/error-sheet.tsx';
import { NewPassphrase } from '../../ui/new-passphrase.tsx';
import type { OfficeFields, RecoveryKey } from './first-run.tsx';
import { StepBody, StepFoot } from './step-body.tsx';

interface Props {
  readonly office: OfficeFields;
  readonly onBack: () => void;
  readonly onDone: (key: RecoveryKey) => void;
}

export function PassphraseStep({ office, onBack, onDone }: Props) {
  const { t } = useText();
  const [form] = Form.useForm<{ passphrase: string; again: string }>();
  const create = useTell('vault:create');
  return (
    <StepBody lead={t('window.firstRun.passphrase.lead')} title={t('window.firstRun.passphrase.title')}>
      <Form
        className="first-run-form first-run-narrow"
        form={form}
        layout="vertical"
        requiredMark={false}
        scrollToFirstError={{ focus: true }}
        onFinish={({ passphrase }) =>
          create.tell(
            { passphrase: secretBytes(passphrase), office: officeSchema.parse(office) },
            { onSuccess: ({ recoveryKey, ask }) => onDone({ groups: recoveryKey, ask }) },
          )
        }
      >
        <NewPassphrase form={form} label={t('window.firstRun.passphrase.label')} shortest={SHORTEST_PASSPHRASE} />
        {create.failure !== null && <FailureLine failure={create.failure} />}
        <StepFoot busy={create.isPending} next={t('window.firstRun.passphrase.create')} onBack={onBack} />
      </Form>
    </StepBody>
  );
}
