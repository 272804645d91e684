import './waiting-rows.css';

/** Rows on their way from the vault: grey bars in the shape of what comes, no spinner. */
export function WaitingRows({ count, label }: { readonly count: number; readonly label: string }) {
  return (
    <div className="waiting-rows sheet" role="status" aria-label={label}>
      {Array.from({ length: count }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars are all alike
        <div key={row} className="waiting-row">
          <i />
          <i />
        </div>
      ))}
    </div>
  );
}
