import { Button } from 'antd';
import { useNavigate } from 'react-router';
import type { ToneName } from '../../../shared/design/tokens.ts';
import { useText } from '../../text/use-text.ts';
import { Dot } from '../../ui/glyphs.tsx';
import './due-list.css';

export interface DueRow {
  readonly key: string;
  readonly tone: ToneName;
  /** The date, or since when it stands still. */
  readonly when: string;
  /** What is left, or what happened. */
  readonly left: string;
  readonly title: string;
  /** Office, step, rule. */
  readonly facts: readonly string[];
  readonly act: string;
  /** Our move: the act is drawn in brand. Otherwise one can look or remind. */
  readonly ours: boolean;
  readonly to: string;
}

export interface DueGroup {
  readonly key: string;
  readonly title: string;
  readonly rows: readonly DueRow[];
}

/** What is due, the most pressing first. */
export function DueList({ groups }: { readonly groups: readonly DueGroup[] }) {
  return groups
    .filter(({ rows }) => rows.length > 0)
    .map(({ key, title, rows }) => (
      <section key={key} className="due-group">
        <h3>
          <span>{title}</span>
          <span className="num">{rows.length}</span>
        </h3>
        <ul className="sheet">
          {rows.map((row) => (
            <Due key={row.key} row={row} />
          ))}
        </ul>
      </section>
    ));
}

function Due({ row: { tone, when, left, title, facts, act, ours, to } }: { readonly row: DueRow }) {
  const { t } = useText();
  const navigate = useNavigate();
  return (
    <li className="due">
      <Dot tone={tone} />
      <div className="due-when num">
        <div>{when}</div>
        <div className={`tone-${tone}`}>{left}</div>
      </div>
      <div className="due-what">
        <div className="clip" lang="zh-CN" title={title}>
          {title}
        </div>
        <div className="clip due-facts" title={facts.join(' · ')}>
          {facts.join(' · ')}
        </div>
      </div>
      <Button
        aria-label={t('window.home.actOn', { act, title })}
        ghost={ours}
        size="small"
        type={ours ? 'primary' : 'default'}
        onClick={() => void navigate(to)}
      >
        {act}
      </Button>
    </li>
  );
}
