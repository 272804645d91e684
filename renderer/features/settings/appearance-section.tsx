import { Select, Switch } from 'antd';
import { LANGUAGE_NAMES } from '../../../shared/i18n/language-names.ts';
import type { Preferences } from '../../../shared/ipc/channels/app.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { SettingRow } from './setting-row.tsx';

export function AppearanceSection() {
  const { t } = useText();
  const { value } = useAsk('app:preferences', {});
  const set = useTell('app:set-preferences');
  if (value === undefined) return null;
  return (
    <div className="sheet">
      <SettingRow label={t('window.language.choose')} note={t('window.language.fields')}>
        {(ids) => (
          <Select<Preferences['language']>
            {...ids}
            options={[
              { value: 'system', label: t('window.settings.system') },
              { value: 'zh-CN', label: LANGUAGE_NAMES['zh-CN'] },
              { value: 'en', label: LANGUAGE_NAMES.en },
            ]}
            popupMatchSelectWidth={false}
            style={{ width: 160 }}
            value={value.language}
            onChange={(language) => set.tell({ language })}
          />
        )}
      </SettingRow>
      <SettingRow label={t('window.settings.appearance.mode')}>
        {(ids) => (
          <Select<Preferences['appearance']>
            {...ids}
            options={(['system', 'light', 'dark'] as const).map((each) => ({
              value: each,
              label: t(`window.settings.appearance.${each}`),
            }))}
            style={{ width: 160 }}
            value={value.appearance}
            onChange={(appearance) => set.tell({ appearance })}
          />
        )}
      </SettingRow>
      <SettingRow label={t('window.settings.appearance.keys')} note={t('window.settings.appearance.keysNote')}>
        {(ids) => <Switch {...ids} checked={value.singleKeys} onChange={(singleKeys) => set.tell({ singleKeys })} />}
      </SettingRow>
    </div>
  );
}
