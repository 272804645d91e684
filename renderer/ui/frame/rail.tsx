import { Tooltip } from 'antd';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useText } from '../../text/use-text.ts';
import { useMedia } from '../../theme/use-media.ts';
import { keysText } from '../kbd.tsx';

export interface RailItem {
  readonly to: string;
  readonly icon: ReactNode;
  readonly label: string;
  /** What waits there: a plain number, never a badge. */
  readonly count?: number;
  readonly keys?: string;
}

export interface Person {
  readonly name: string;
  readonly role: string | null;
  readonly office: string;
}

interface Props {
  readonly items: readonly RailItem[];
  readonly lowItems: readonly RailItem[];
  readonly person: Person;
}

/** The way between screens, and who is signed in. Below 1180 px only icons, with their names as tooltips. */
export function Rail({ items, lowItems, person }: Props) {
  const { t } = useText();
  const narrow = useMedia('(max-width: 1180px)');
  const list = (entries: readonly RailItem[]): ReactNode =>
    entries.map((item) => (
      <li key={item.to}>
        <RailLink item={item} narrow={narrow} />
      </li>
    ));
  return (
    <nav aria-label={t('window.frame.main')} className="rail">
      <ul>{list(items)}</ul>
      <ul className="rail-low">{list(lowItems)}</ul>
      <div className="rail-person">
        <div className="rail-who">
          <span lang="zh-CN">{person.name}</span>
          {person.role !== null && <span className="text3"> · {person.role}</span>}
        </div>
        <div className="text3" lang="zh-CN">
          {person.office}
        </div>
      </div>
    </nav>
  );
}

function RailLink({ item: { to, icon, label, count = 0, keys }, narrow }: { item: RailItem; narrow: boolean }) {
  const { t } = useText();
  const name = count > 0 ? t('window.frame.itemWithCount', { label, count }) : label;
  const hint = keys === undefined ? label : `${label}  ${keysText(keys)}`;
  return (
    <Tooltip placement="right" title={narrow ? hint : ''}>
      <NavLink aria-label={name} to={to}>
        {icon}
        <span className="rail-label">{label}</span>
        {count > 0 && <span className="rail-count num">{count}</span>}
      </NavLink>
    </Tooltip>
  );
}
