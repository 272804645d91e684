import { SettingOutlined } from '@ant-design/icons';
import { Button, Checkbox, Popover } from 'antd';
import { useText } from '../../text/use-text.ts';
import { OPTIONAL_COLUMNS, type OptionalColumn } from './matter-columns.tsx';

interface Props {
  readonly hidden: ReadonlySet<OptionalColumn>;
  readonly onChange: (hidden: ReadonlySet<OptionalColumn>) => void;
}

/** Which columns are shown; state and title always are. */
export function ColumnChoice({ hidden, onChange }: Props) {
  const { t } = useText();
  return (
    <Popover
      content={
        <Checkbox.Group<OptionalColumn>
          className="matters-columns"
          options={OPTIONAL_COLUMNS.map((value) => ({ value, label: t(`window.matters.column.${value}`) }))}
          value={OPTIONAL_COLUMNS.filter((column) => !hidden.has(column))}
          onChange={(shown) => onChange(new Set(OPTIONAL_COLUMNS.filter((column) => !shown.includes(column))))}
        />
      }
      placement="bottomRight"
      trigger="click"
    >
      <Button icon={<SettingOutlined />}>{t('window.matters.columns')}</Button>
    </Popover>
  );
}
