import { ClockCircleOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { Instant } from '../../../shared/model/brand.ts';
import { useText } from '../../text/use-text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { AsOf, useAsOf } from './as-of.tsx';

interface Props {
  readonly at: Instant | null;
  readonly onChange: (at: Instant | null) => void;
}

/** Judges the same stored message as of another time. */
export function AtOtherTime({ at, onChange }: Props) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button icon={<ClockCircleOutlined />} onClick={() => setOpen(true)}>
        {t('window.verify.atOther')}
      </Button>
      {open && (
        <Ask
          at={at}
          onBack={() => setOpen(false)}
          onChange={(next) => {
            setOpen(false);
            onChange(next);
          }}
        />
      )}
    </>
  );
}

function Ask({ at, onChange, onBack }: Props & { readonly onBack: () => void }) {
  const { t } = useText();
  const asOf = useAsOf(at);
  const [tried, setTried] = useState(false);
  const apply = (): void => {
    setTried(true);
    if (asOf.at !== undefined) onChange(asOf.at);
  };
  return (
    <Dialog title={t('window.verify.atOther')} width={480} onCancel={onBack}>
      <form
        className="confirm-act"
        onSubmit={(event) => {
          event.preventDefault();
          apply();
        }}
      >
        <AsOf state={asOf} tried={tried} />
        <div className="confirm-acts">
          <Button onClick={() => onChange(null)}>{t('window.verify.atNow')}</Button>
          <Button htmlType="submit" type="primary">
            {t('window.verify.atApply')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
