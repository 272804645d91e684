import { CloseOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useText } from '../text/use-text.ts';

/** The way out of work that is under way. */
export function CancelButton({ onCancel }: { readonly onCancel: () => void }) {
  const { t } = useText();
  return (
    <Button
      aria-label={t('window.progress.cancel')}
      icon={<CloseOutlined />}
      size="small"
      title={t('window.progress.cancel')}
      type="text"
      onClick={onCancel}
    />
  );
}
