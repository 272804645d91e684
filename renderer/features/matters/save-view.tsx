import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { FailureLine } from '../../ui/error-sheet.tsx';
import type { MatterQuery } from './matter-query.ts';

/** Keeps the conditions under a name, as a tab. */
export function SaveView({ query }: { readonly query: MatterQuery }) {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const save = useTell('view:save');
  return (
    <>
      <Button size="small" type="link" onClick={() => setOpen(true)}>
        {t('window.matters.view.save')}
      </Button>
      <Dialog
        destroyOnHidden
        open={open}
        title={t('window.matters.view.save')}
        width={400}
        onCancel={() => setOpen(false)}
      >
        <Form<{ name: string }>
          layout="vertical"
          requiredMark={false}
          onFinish={({ name }) =>
            save.tell({ id: null, name: name.trim(), ...query }, { onSuccess: () => setOpen(false) })
          }
        >
          <Form.Item
            label={t('window.matters.view.name')}
            name="name"
            rules={[{ required: true, whitespace: true, message: t('window.matters.view.nameMissing') }]}
          >
            <Input autoFocus maxLength={60} />
          </Form.Item>
          {save.failure !== null && <FailureLine failure={save.failure} />}
          <div className="confirm-acts">
            <Button onClick={() => setOpen(false)}>{t('window.confirm.back')}</Button>
            <Button htmlType="submit" loading={save.isPending} type="primary">
              {t('window.matters.view.keep')}
            </Button>
          </div>
        </Form>
      </Dialog>
    </>
  );
}
