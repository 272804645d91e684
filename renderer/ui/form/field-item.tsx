import { Form } from 'antd';
import { type ReactNode, useContext } from 'react';
import type { Json } from '../../../shared/model/i-json.ts';
import type { FieldSpec } from '../../../shared/procedures/describe-form.ts';
import { fieldText } from '../../../shared/procedures/procedure-text.ts';
import { labelOf } from '../../text/form-text.ts';
import { useText } from '../../text/use-text.ts';
import { FormContext } from './form-context.ts';
import { fieldId, type Path } from './form-value.ts';

export interface FieldProps<Kind extends FieldSpec['kind'] = FieldSpec['kind']> {
  readonly field: Extract<FieldSpec, { kind: Kind }>;
  readonly path: Path;
  readonly value: Json | undefined;
  readonly onChange: (value: Json | undefined) => void;
}

export function useLabel(field: FieldSpec): {
  readonly label: ReactNode;
  readonly name: string;
  readonly hint: string;
} {
  const { t } = useText();
  const { procedure } = useContext(FormContext);
  if (procedure === null) return { label: field.name, name: field.name, hint: '' };
  const name = labelOf(t, procedure, field.path);
  const label = (
    <span>
      {name}
      {field.optional && <span className="text3">{t('window.slot.optional')}</span>}
    </span>
  );
  return { label, name, hint: fieldText(t, procedure.name, 'hints', field.path) };
}

interface ItemProps {
  readonly field: FieldSpec;
  readonly path: Path;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** Label above, then the field, then what is wrong with it or how it is meant. */
export function Item({ field, path, wide = false, children }: ItemProps) {
  const { label, hint } = useLabel(field);
  const { problemAt } = useContext(FormContext);
  const problem = problemAt(path.join('.'));
  return (
    <Form.Item
      className={wide ? 'form-wide' : ''}
      htmlFor={fieldId(path)}
      label={label}
      {...(problem !== null
        ? { validateStatus: 'error' as const, help: problem }
        : hint === ''
          ? {}
          : { extra: <span className="meta text3">{hint}</span> })}
    >
      {children}
    </Form.Item>
  );
}
