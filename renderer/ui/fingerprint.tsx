import { useText } from '../text/use-text.ts';
import './fingerprint.css';

interface Props {
  /** Lower-case hex. */
  readonly value: string;
  /** The one it is held against: groups that differ are marked by shape and said aloud. */
  readonly against?: string;
}

/** A fingerprint in groups of four, as people read it to each other over the telephone. */
export function Fingerprint({ value, against }: Props) {
  const { t } = useText();
  const groups = groupsOfFour(value);
  const others = against === undefined ? groups : groupsOfFour(against);
  return (
    <div className="fingerprint mono">
      {groups.map((group, index) => {
        const differs = group !== others[index];
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place in the fingerprint
          <span key={index} className={differs ? 'fingerprint-differs' : undefined}>
            {group}
            {differs && <span className="unseen">{t('window.fingerprint.differs')}</span>}
          </span>
        );
      })}
    </div>
  );
}

export function groupsOfFour(value: string): string[] {
  return value.toUpperCase().match(/.{1,4}/g) ?? [];
}
