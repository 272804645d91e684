// biome-ignore-all lint/a11y/useSemanticElements: a table's own elements cannot be positioned one by one
import { type KeyboardEvent, type ReactNode, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import './virtual-grid.css';

export type SortDirection = 'ascending' | 'descending';

export interface GridColumn<Row> {
  readonly key: string;
  readonly title: ReactNode;
  /** A CSS grid track: `108px`, `minmax(0, 1fr)`. */
  readonly track: string;
  /** How the rows are sorted by this column now; absent where they cannot be. */
  readonly sort?: SortDirection | 'none';
  readonly onSort?: () => void;
  /** `active`: the row that the keyboard stands on; only its controls may be in the tab order. */
  readonly render: (row: Row, active: boolean, index: number) => ReactNode;
}

interface Props<Row> {
  readonly label: string;
  readonly columns: readonly GridColumn<Row>[];
  /** Of all rows, not only those that are here. */
  readonly count: number;
  /** Null while its page is on the way from the vault. */
  readonly rowAt: (index: number) => Row | null;
  /** Pixels, the same for every row. */
  readonly rowHeight: number;
  readonly headless?: boolean;
  /** The first and the last row in view, so that their pages can be fetched. */
  readonly onRange?: (first: number, last: number) => void;
  readonly onActive?: (index: number) => void;
  /** Enter, or a double click. */
  readonly onOpen?: (index: number) => void;
  /** Space. */
  readonly onPreview?: (index: number) => void;
  /** Shift and Space. */
  readonly onToggle?: (index: number) => void;
}

const HEAD = 34;
const BEYOND = 4;

/**
 * Rows of one height, only those in view in the DOM, with the semantics of a grid. antd's virtual Table (6.6) renders rows as
 * divs without roles and took twice the time per frame with the same cells. 100,000 rows of 48 px stay under Chromium's limit
 * for the height of one element. Head and rows share one scroller, so that their columns line up whatever the scroll bar's width.
 */
export function VirtualGrid<Row>(props: Props<Row>) {
  const { label, columns, count, rowAt, rowHeight, headless = false, onRange } = props;
  const head = headless ? 0 : HEAD;
  const id = useId();
  const scroller = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  const [wanted, setActive] = useState(0);
  const active = Math.max(0, Math.min(wanted, count - 1));
  const first = Math.max(0, Math.floor(top / rowHeight) - BEYOND);
  const last = Math.min(count, Math.ceil((top + height) / rowHeight) + BEYOND);
  const tracks = columns.map(({ track }) => track).join(' ');

  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null) return;
    const measure = new ResizeObserver(() => setHeight(box.clientHeight));
    measure.observe(box);
    return () => measure.disconnect();
  }, []);

  useEffect(() => {
    if (last > first) onRange?.(first, last - 1);
  }, [first, last, onRange]);

  function move(to: number): void {
    const box = scroller.current;
    const next = Math.max(0, Math.min(count - 1, to));
    setActive(next);
    props.onActive?.(next);
    if (box === null) return;
    const room = box.clientHeight - head;
    if (next * rowHeight < box.scrollTop) box.scrollTop = next * rowHeight;
    else if ((next + 1) * rowHeight > box.scrollTop + room) box.scrollTop = (next + 1) * rowHeight - room;
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || count === 0) return;
    // A control inside a row keeps its own Enter and Space.
    const onGrid = !isControl(event.target);
    const to = target(event.key, active, Math.max(1, Math.floor((height - head) / rowHeight) - 1), count);
    if (to !== null) move(to);
    else if (onGrid && event.key === 'Enter') props.onOpen?.(active);
    else if (onGrid && event.key === ' ') (event.shiftKey ? props.onToggle : props.onPreview)?.(active);
    else return;
    event.preventDefault();
  }

  const rows: ReactNode[] = [];
  for (let index = first; index < last; index++) {
    const row = rowAt(index);
    rows.push(
      // biome-ignore lint/a11y/useKeyWithClickEvents: the grid handles the keys for all rows
      <div
        key={index}
        id={`${id}-${index}`}
        role="row"
        aria-rowindex={index + (headless ? 1 : 2)}
        aria-selected={index === active}
        className="grid-row"
        style={{ gridTemplateColumns: tracks, height: rowHeight, top: index * rowHeight }}
        tabIndex={-1}
        onClick={(event) => {
          move(index);
          if (!isControl(event.target)) scroller.current?.focus({ preventScroll: true });
        }}
        onDoubleClick={() => props.onOpen?.(index)}
      >
        {columns.map(({ key, render }) => (
          <div key={key} role="gridcell" className="grid-cell" tabIndex={-1}>
            {row === null ? <span className="grid-wait" /> : render(row, index === active, index)}
          </div>
        ))}
      </div>,
    );
  }

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={label}
      aria-rowcount={count + (headless ? 0 : 1)}
      aria-colcount={columns.length}
      {...(count === 0 ? {} : { 'aria-activedescendant': `${id}-${active}` })}
      className="grid sheet"
      tabIndex={0}
      onKeyDown={onKeyDown}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
    >
      {!headless && (
        <div
          role="row"
          aria-rowindex={1}
          className="grid-head"
          style={{ gridTemplateColumns: tracks, height: HEAD }}
          tabIndex={-1}
        >
          {columns.map((column) => (
            <HeadCell key={column.key} column={column} />
          ))}
        </div>
      )}
      <div role="rowgroup" className="grid-body" style={{ height: count * rowHeight }}>
        {rows}
      </div>
    </div>
  );
}

function HeadCell({ column }: { readonly column: Pick<GridColumn<never>, 'title' | 'sort' | 'onSort'> }) {
  const { title, sort, onSort } = column;
  const sign = sort === 'ascending' ? '↑' : sort === 'descending' ? '↓' : '';
  return (
    <div role="columnheader" className="grid-cell" tabIndex={-1} {...(sort === undefined ? {} : { 'aria-sort': sort })}>
      {onSort === undefined ? (
        title
      ) : (
        <button type="button" className="grid-sort" onClick={onSort}>
          {title} <span aria-hidden>{sign}</span>
        </button>
      )}
    </div>
  );
}

function isControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('input, button, a, label') !== null;
}

/** Where a key moves to; null for other keys. */
function target(key: string, active: number, page: number, count: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return active + 1;
    case 'ArrowUp':
      return active - 1;
    case 'PageDown':
      return active + page;
    case 'PageUp':
      return active - page;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
