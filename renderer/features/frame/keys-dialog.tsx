import { useText } from '../../text/use-text.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import './keys-dialog.css';

const KEYS = [
  ['search', ['Mod+K']],
  ['newRequest', ['Mod+N']],
  ['places', ['Mod+1–6']],
  ['lock', ['Mod+L']],
  ['find', ['Mod+F']],
  ['move', ['↑', '↓', 'PgUp', 'PgDn', 'Home', 'End']],
  ['preview', ['Space']],
  ['open', ['Enter']],
  ['review', ['Mod+Enter']],
  ['print', ['Mod+P']],
  ['nextMessage', ['J', 'K']],
  ['back', ['Esc']],
  ['keys', ['?']],
] as const;

/** Every key of the window. */
export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useText();
  return (
    <Dialog title={t('window.keys.title')} width={520} onCancel={onClose}>
      <dl className="keys">
        {KEYS.map(([name, keys]) => (
          <div key={name}>
            <dt>{t(`window.keys.${name}`)}</dt>
            <dd>
              {keys.map((key) => (
                <Kbd key={key} keys={key === 'Space' ? t('window.matters.key.space') : key} />
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <p className="meta text3">{t('window.keys.note')}</p>
    </Dialog>
  );
}
