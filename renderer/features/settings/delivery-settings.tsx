import { InputNumber } from 'antd';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { ErrorSheet, FailureLine } from '../../ui/error-sheet.tsx';
import { Section } from '../../ui/section.tsx';
import { SettingRow } from './setting-row.tsx';

const LONGEST_WAIT = 60;
const LONGEST_ROUND = 1440;

/** How often is posted and polled, and how long silence may last. */
export function DeliverySettings() {
  const { t } = useText();
  const { value, failure, again } = useAsk('settings:show', {});
  const change = useTell('settings:change');
  if (value === undefined && failure === null) return null;
  return (
    <div className="settings-below">
      <Section title={t('window.settings.delivery.title')}>
        {failure !== null && <ErrorSheet failure={failure} onRetry={again} />}
        {value !== undefined && (
          <div className="sheet">
            <SettingRow label={t('window.settings.delivery.within')} note={t('window.settings.delivery.withinNote')}>
              {(ids) => (
                <InputNumber
                  {...ids}
                  controls={false}
                  max={LONGEST_WAIT}
                  min={1}
                  precision={0}
                  style={{ width: 140 }}
                  suffix={t('window.settings.delivery.workingDays')}
                  value={value.receiptWithin}
                  onChange={(receiptWithin) => receiptWithin !== null && change.tell({ receiptWithin })}
                />
              )}
            </SettingRow>
            <SettingRow label={t('window.settings.delivery.every')} note={t('window.settings.delivery.everyNote')}>
              {(ids) => (
                <InputNumber
                  {...ids}
                  controls={false}
                  max={LONGEST_ROUND}
                  min={1}
                  precision={0}
                  style={{ width: 140 }}
                  suffix={t('window.settings.minutes')}
                  value={value.syncEvery}
                  onChange={(syncEvery) => syncEvery !== null && change.tell({ syncEvery })}
                />
              )}
            </SettingRow>
          </div>
        )}
        {change.failure !== null && <FailureLine failure={change.failure} />}
      </Section>
    </div>
  );
}
