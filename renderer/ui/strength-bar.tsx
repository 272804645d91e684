import { passphraseStrength, type Strength } from '../../shared/model/passphrase-strength.ts';
import { useText } from '../text/use-text.ts';
import './strength-bar.css';

const ORDER: readonly Strength[] = ['poor', 'fair', 'good', 'strong'];

/** How hard a passphrase is to guess: four cells and a word. Ink, not green: nobody has checked anything. */
export function StrengthBar({ passphrase }: { readonly passphrase: string }) {
  const { t } = useText();
  const strength = passphraseStrength(passphrase);
  const reached = passphrase === '' ? 0 : ORDER.indexOf(strength) + 1;
  return (
    <div aria-live="polite" className="strength">
      <span aria-hidden className="strength-cells">
        {ORDER.map((step, index) => (
          <i key={step} className={index < reached ? 'strength-reached' : ''} />
        ))}
      </span>
      <span>{passphrase === '' ? t('window.passphrase.advice') : t(`window.passphrase.strength.${strength}`)}</span>
    </div>
  );
}
