import { type ReactNode, useId } from 'react';

interface Props {
  readonly label: string;
  readonly note?: string;
  /** Gets the ids of its label and note. */
  readonly children: (ids: { readonly 'aria-labelledby': string; readonly 'aria-describedby'?: string }) => ReactNode;
}

/** One setting: what it is, what follows from it, and the control. */
export function SettingRow({ label, note, children }: Props) {
  const id = useId();
  return (
    <div className="settings-row">
      <div>
        <div id={`${id}-label`}>{label}</div>
        {note !== undefined && (
          <div id={`${id}-note`} className="meta text3">
            {note}
          </div>
        )}
      </div>
      {children({
        'aria-labelledby': `${id}-label`,
        ...(note === undefined ? {} : { 'aria-describedby': `${id}-note` }),
      })}
    </div>
  );
}
