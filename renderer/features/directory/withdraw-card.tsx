import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import type { Office } from '../../../shared/model/office-card.ts';
import { useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { ConfirmAct } from '../../ui/confirm-act.tsx';

/** The card in force was found false: the office is unknown again, and the next card is compared as a first one. */
export function WithdrawCard({ office }: { readonly office: Office }) {
  const { t } = useText();
  const withdraw = useTell('directory:withdraw');
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const back = (): void => {
    setAsking(false);
    withdraw.forget();
  };
  return (
    <div className="directory-withdraw">
      <Button onClick={() => setAsking(true)}>{t('window.directory.withdraw')}</Button>
      <ConfirmAct
        busy={withdraw.isPending}
        failure={withdraw.failure}
        open={asking}
        title={t('window.directory.withdrawTitle', { office: office.name })}
        verb={t('window.directory.withdrawVerb')}
        onBack={back}
        onConfirm={() =>
          reason.trim() === ''
            ? document.getElementById('withdraw-reason')?.focus()
            : withdraw.tell({ office: office.id, reason: reason.trim() }, { onSuccess: back })
        }
      >
        <p>{t('window.directory.withdrawBody', { office: office.name })}</p>
        <Form layout="vertical" requiredMark={false}>
          <Form.Item htmlFor="withdraw-reason" label={t('window.directory.withdrawReason')}>
            <Input
              id="withdraw-reason"
              maxLength={400}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </Form.Item>
        </Form>
      </ConfirmAct>
    </div>
  );
}
