import type { ReactNode } from 'react';
import { type Person, Rail, type RailItem } from './rail.tsx';
import { TopBar, type TopBarProps } from './top-bar.tsx';
import './frame.css';

interface Props extends TopBarProps {
  readonly items: readonly RailItem[];
  readonly lowItems: readonly RailItem[];
  readonly person: Person;
  readonly children: ReactNode;
}

/** Top bar, rail, content: the same on every screen behind the lock. */
export function Frame({ items, lowItems, person, children, ...topBar }: Props) {
  return (
    <div className="frame">
      <TopBar {...topBar} />
      <Rail items={items} lowItems={lowItems} person={person} />
      <main id="content" className="frame-content">
        {children}
      </main>
    </div>
  );
}
