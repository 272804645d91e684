import type { FormRow } from '../text/form-text.ts';
import './form-rows.css';

/** A form as it stands under a signature: label and value, values as they were written. */
export function FormRows({ rows }: { readonly rows: readonly FormRow[] }) {
  return (
    <dl className="form-rows">
      {rows.map(({ path, label, text }) => (
        <div key={path}>
          <dt>{label}</dt>
          <dd lang="zh-CN">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
