import { Button } from 'antd';
import { useNavigate } from 'react-router';
import { useText } from '../../text/use-text.ts';
import { Dot, Tick } from '../../ui/glyphs.tsx';
import { Section } from '../../ui/section.tsx';
import './first-steps.css';

const STEPS = ['identity', 'route', 'directory'] as const;
const PATHS: Readonly<Record<(typeof STEPS)[number], string>> = {
  identity: '/settings/identity',
  route: '/settings/routes',
  directory: '/directory',
};

/** What an office still lacks before it can send: who signs, a way, somebody to write to. */
export function FirstSteps({ done }: { readonly done: Readonly<Record<(typeof STEPS)[number], boolean>> }) {
  const { t } = useText();
  const navigate = useNavigate();
  return (
    <div className="first-steps">
      <Section title={t('window.home.first.title')}>
        <ol className="sheet">
          {STEPS.map((step) => (
            <li key={step}>
              {done[step] ? <Tick /> : <Dot tone="none" />}
              <div>
                <div>{t(`window.home.first.${step}`)}</div>
                <div className="meta text3">{t(`window.home.first.${step}Note`)}</div>
              </div>
              {!done[step] && (
                <Button ghost size="small" type="primary" onClick={() => void navigate(PATHS[step])}>
                  {t(`window.home.first.${step}Act`)}
                </Button>
              )}
            </li>
          ))}
        </ol>
      </Section>
    </div>
  );
}
