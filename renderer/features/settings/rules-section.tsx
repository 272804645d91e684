import { CLOCK_RULES } from '../../../shared/procedures/clock/rules.ts';
import { spanText } from '../../text/clock-text.ts';
import { useText } from '../../text/use-text.ts';
import { Unverified } from '../../ui/unverified.tsx';

/** The table of periods as it is counted by, sources included. */
export function RulesSection() {
  const { t, language } = useText();
  return (
    <>
      <p className="meta text2 settings-lead">{t('window.settings.rules.calendar')}</p>
      <div className="sheet">
        <table className="settings-table">
          <thead>
            <tr>
              <th scope="col">{t('window.settings.rules.article')}</th>
              <th scope="col">{t('window.settings.rules.period')}</th>
              <th scope="col">{t('window.settings.rules.text')}</th>
            </tr>
          </thead>
          <tbody>
            {CLOCK_RULES.map((rule) => (
              <tr key={rule.id}>
                <td lang="zh-CN">
                  {rule.article}
                  {rule.status === 'unverified' && (
                    <div>
                      <Unverified />
                    </div>
                  )}
                </td>
                <td className="num nowrap">{spanText(t, rule)}</td>
                <td>
                  {language === 'en' ? rule.text.en : rule.text.zh}
                  <div className="text3">{t('window.settings.rules.source', { source: rule.source })}</div>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}
