export interface MarkedRange {
  readonly start: number;
  readonly end: number;
}

interface Props {
  readonly text: string;
  /** In UTF-16 units, in order, without overlap. */
  readonly ranges: readonly MarkedRange[];
}

/** A text with search hits marked. */
export function MarkedText({ text, ranges }: Props) {
  let at = 0;
  const parts = ranges.map(({ start, end }) => {
    const before = text.slice(at, start);
    at = end;
    return (
      <span key={start}>
        {before}
        <mark>{text.slice(start, end)}</mark>
      </span>
    );
  });
  return (
    <>
      {parts}
      {text.slice(at)}
    </>
  );
}
