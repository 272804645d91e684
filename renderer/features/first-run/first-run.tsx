import { useState } from 'react';
import type { Language } from '../../../shared/i18n/create-i18n.ts';
import type { OfficeType } from '../../../shared/model/office-card.ts';
import { useText } from '../../text/use-text.ts';
import { Mark, Tick } from '../../ui/glyphs.tsx';
import { LockPage } from '../../ui/lock-page.tsx';
import { ChooseStep } from './choose-step.tsx';
import { IdentityStep } from './identity-step.tsx';
import { OfficeStep } from './office-step.tsx';
import { PassphraseStep } from './passphrase-step.tsx';
import { RecoveryKeyStep } from './recovery-key-step.tsx';
import { RestoreStep } from './restore-step.tsx';
import { RouteStep } from './route-step.tsx';
import './first-run.css';

/** The office as it is typed; checked before it goes on. */
export interface OfficeFields {
  readonly name: string;
  readonly type: OfficeType;
  readonly id: string;
  readonly region: string;
}

export interface RecoveryKey {
  readonly groups: readonly string[];
  readonly ask: readonly number[];
}

const STEPS = ['choose', 'office', 'passphrase', 'recoveryKey', 'identity', 'route'] as const;
type Step = (typeof STEPS)[number];
const RESTORE_STEPS = ['choose', 'restore'] as const;

interface Props {
  readonly version: string;
  readonly onLanguage: (language: Language) => void;
  /** The vault stands and is open. */
  readonly onFinished: () => void;
}

/** From nothing to an office that can send: one task at a time. */
export function FirstRun({ version, onLanguage, onFinished }: Props) {
  const { t } = useText();
  const [step, setStep] = useState<Step | 'restore'>('choose');
  const [office, setOffice] = useState<OfficeFields | null>(null);
  const [key, setKey] = useState<RecoveryKey | null>(null);
  const steps: readonly (Step | 'restore')[] = step === 'restore' ? RESTORE_STEPS : STEPS;
  const at = steps.indexOf(step);

  return (
    <LockPage version={version} onLanguage={onLanguage}>
      <div className="first-run sheet">
        <aside className="first-run-stages">
          <div className="first-run-brand">
            <Mark />
            <span className="strong">{t('window.product')}</span>
          </div>
          <p className="first-run-at num meta text2">{t('window.firstRun.at', { at: at + 1, of: steps.length })}</p>
          <ol>
            {steps.map((name, index) => (
              <li
                key={name}
                className={index < at ? 'past' : undefined}
                {...(index === at ? { 'aria-current': 'step' as const } : {})}
              >
                {index < at ? <Tick size={18} /> : <span className="first-run-number num">{index + 1}</span>}
                {t(`window.firstRun.step.${name}`)}
              </li>
            ))}
          </ol>
        </aside>
        {step === 'choose' && <ChooseStep onCreate={() => setStep('office')} onRestore={() => setStep('restore')} />}
        {step === 'restore' && <RestoreStep onBack={() => setStep('choose')} onDone={onFinished} />}
        {step === 'office' && (
          <OfficeStep
            office={office}
            onBack={() => setStep('choose')}
            onDone={(fields) => {
              setOffice(fields);
              setStep('passphrase');
            }}
          />
        )}
        {step === 'passphrase' && office !== null && (
          <PassphraseStep
            office={office}
            onBack={() => setStep('office')}
            onDone={(made) => {
              setKey(made);
              setStep('recoveryKey');
            }}
          />
        )}
        {step === 'recoveryKey' && key !== null && (
          <RecoveryKeyStep
            recoveryKey={key}
            onDone={() => {
              setKey(null);
              setStep('identity');
            }}
          />
        )}
        {step === 'identity' && <IdentityStep onDone={() => setStep('route')} onSkip={onFinished} />}
        {step === 'route' && <RouteStep onDone={onFinished} />}
      </div>
    </LockPage>
  );
}
