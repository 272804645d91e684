import type { ReactNode } from 'react';
import type { Answer } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { Empty } from '../../ui/empty.tsx';
import { ErrorSheet } from '../../ui/error-sheet.tsx';
import { WaitingRows } from '../../ui/waiting-rows.tsx';

interface Props<Item> {
  readonly answer: Answer<{ readonly items: readonly Item[] }>;
  readonly empty: string;
  readonly children: (items: readonly Item[]) => ReactNode;
}

/** A list on its way, refused, empty, or here. */
export function ListState<Item>({ answer: { value, failure, again }, empty, children }: Props<Item>) {
  const { t } = useText();
  if (failure !== null) return <ErrorSheet failure={failure} onRetry={again} />;
  if (value === undefined) return <WaitingRows count={3} label={t('window.waiting')} />;
  if (value.items.length > 0) return children(value.items);
  return (
    <div className="sheet">
      <Empty>{empty}</Empty>
    </div>
  );
}
