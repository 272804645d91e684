import type { ToneName } from '../../../shared/design/tokens.ts';
import type { PreflightItem } from '../../../shared/ipc/channels/draft.ts';
import type { Answer } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { ErrorSheet } from '../../ui/error-sheet.tsx';
import { Dot, Tick } from '../../ui/glyphs.tsx';
import { Section } from '../../ui/section.tsx';

export interface PreflightLine {
  readonly key: string;
  readonly level: PreflightItem['level'];
  readonly title: string;
  readonly note: string;
  /** Merely not there yet: nobody may sign, and nothing is wrong. */
  readonly open?: boolean;
  /** Where to go to put it right. */
  readonly onJump: (() => void) | null;
}

const ORDER: readonly PreflightItem['level'][] = ['failure', 'wait', 'advice', 'passed'];
const TONES: Readonly<Record<Exclude<PreflightItem['level'], 'passed'>, ToneName>> = {
  failure: 'failed',
  wait: 'waiting',
  advice: 'waiting',
};

interface Props {
  readonly lines: readonly PreflightLine[];
  /** What main found. Until it is here, and where it was refused, nobody says that this can be signed. */
  readonly answer: Answer<unknown>;
}

/** What stands in the way first, then what to expect, then what was found in order. */
export function Preflight({ lines, answer: { value, failure, again } }: Props) {
  const { t } = useText();
  const failures = lines.filter(({ level }) => level === 'failure').length;
  const open = lines.filter((line) => line.open === true && line.level === 'wait').length;
  const hints = lines.filter(({ level }) => level === 'wait' || level === 'advice').length - open;
  const sorted = [...lines].sort((a, b) => ORDER.indexOf(a.level) - ORDER.indexOf(b.level));
  return (
    <Section
      extra={
        <span className="num" role="status">
          {[
            ...(value !== undefined && failures === 0 && open === 0 ? [t('window.compose.canSign')] : []),
            ...(failures === 0 ? [] : [t('window.compose.toChange', { count: failures })]),
            ...(open === 0 ? [] : [t('window.compose.toFill', { count: open })]),
            ...(hints === 0 ? [] : [t('window.compose.hints', { count: hints })]),
          ].join(' · ')}
        </span>
      }
      title={t('window.compose.preflight')}
    >
      {failure !== null && <ErrorSheet failure={failure} onRetry={again} />}
      <ul className="preflight">
        {sorted.map(({ key, level, title, note, onJump }) => (
          <li key={key}>
            {level === 'passed' ? <Tick /> : <Dot tone={TONES[level]} />}
            <div>
              {title}
              {note !== '' && <div className="meta text3">{note}</div>}
              {onJump !== null && level !== 'passed' && (
                <div>
                  <button type="button" className="link meta" onClick={onJump}>
                    {t('window.compose.jump')}
                  </button>
                </div>
              )}
            </div>
          </li>
        ))}
      </ul>
    </Section>
  );
}
