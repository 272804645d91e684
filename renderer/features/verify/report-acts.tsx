import { DownloadOutlined, PrinterOutlined, UploadOutlined } from '@ant-design/icons';
import { Button, Dropdown, Segmented } from 'antd';
import { useText } from '../../text/use-text.ts';
import { useShortcut } from '../../ui/use-shortcut.ts';

const FORMATS = ['pdf', 'html', 'json'] as const;

export type Depth = 'simple' | 'detailed';

interface Props {
  readonly depth: Depth;
  readonly onDepth: (depth: Depth) => void;
  readonly printing: boolean;
  readonly onPrint: () => void;
  readonly saving: boolean;
  readonly onSave: (format: (typeof FORMATS)[number]) => void;
  readonly onOther: () => void;
}

/** What can be done with a report, of a container or of an evidence bundle: more of it, on paper, as a file, or another one. */
export function ReportActs({ depth, onDepth, printing, onPrint, saving, onSave, onOther }: Props) {
  const { t } = useText();
  useShortcut('Mod+P', onPrint);
  return (
    <>
      <Segmented<Depth>
        aria-label={t('window.verify.depth')}
        options={[
          { value: 'simple', label: t('report.simple') },
          { value: 'detailed', label: t('report.detailed') },
        ]}
        value={depth}
        onChange={onDepth}
      />
      <Button icon={<PrinterOutlined />} loading={printing} onClick={onPrint}>
        {t('window.preview.print')}
      </Button>
      <Dropdown
        menu={{
          items: FORMATS.map((format) => ({
            key: format,
            label: t(`window.verify.format.${format}`),
            onClick: () => onSave(format),
          })),
        }}
        trigger={['click']}
      >
        <Button icon={<DownloadOutlined />} loading={saving}>
          {t('window.preview.export')}
        </Button>
      </Dropdown>
      <Button icon={<UploadOutlined />} onClick={onOther}>
        {t('window.verify.other')}
      </Button>
    </>
  );
}
