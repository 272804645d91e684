import { useAsk } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { KeyValues } from '../../ui/key-values.tsx';
import { Section } from '../../ui/section.tsx';
import { ListState } from './list-state.tsx';
import { UpdateSection } from './update-section.tsx';

/** As their makers write them: Electron, Chrome, Node. */
const named = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

export function AboutSection() {
  const { t } = useText();
  const info = useAsk('app:info', {}).value;
  const licences = useAsk('app:licences', {});
  return (
    <>
      {info !== undefined && (
        <div className="sheet" style={{ padding: 16 }}>
          <KeyValues
            items={[
              [t('window.settings.about.version'), `${info.name} ${info.version}`],
              [t('window.settings.about.runtime'), t(`window.settings.about.${info.runtime}`)],
              ...Object.entries(info.versions).map(([name, version]) => [named(name), version] as const),
              [t('window.settings.about.licence'), 'Apache-2.0'],
            ]}
          />
        </div>
      )}
      <div className="settings-below">
        <UpdateSection />
      </div>
      <div className="settings-below">
        <Section title={t('window.settings.about.licences')}>
          <ListState answer={licences} empty={t('window.settings.about.noLicences')}>
            {(items) => (
              <div className="sheet settings-licences">
                {items.map(({ name, version, licence, text }) => (
                  <details key={`${name} ${version}`}>
                    <summary>
                      {name} <span className="text3 num">{version}</span> · {licence}
                    </summary>
                    {text !== null && <p className="settings-licence">{text}</p>}
                  </details>
                ))}
              </div>
            )}
          </ListState>
        </Section>
      </div>
    </>
  );
}
