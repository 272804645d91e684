import { Checkbox, Form, Input, InputNumber, Select } from 'antd';
import { useContext } from 'react';
import type { Json } from '../../../shared/model/i-json.ts';
import type { FieldSpec } from '../../../shared/procedures/describe-form.ts';
import { optionText } from '../../../shared/procedures/procedure-text.ts';
import { sentence } from '../../text/sentence.ts';
import { useText } from '../../text/use-text.ts';
import { type FieldProps, Item, useLabel } from './field-item.tsx';
import { FormContext } from './form-context.ts';
import { fieldId, type Path } from './form-value.ts';

/** Fields that hold one value, or a choice of several. */

const NATIVE = { line: 'text', day: 'date', moment: 'datetime-local' } as const;

export function TextField({ field, path, value, onChange }: FieldProps<'line' | 'prose' | 'day' | 'moment'>) {
  const { problemAt, onLeave } = useContext(FormContext);
  const key = path.join('.');
  const shared = {
    id: fieldId(path),
    value: typeof value === 'string' ? value : '',
    'aria-invalid': problemAt(key) !== null,
    onBlur: () => onLeave(key),
    onChange: ({ target }: { readonly target: { readonly value: string } }) =>
      onChange(target.value === '' ? undefined : target.value),
  };
  if (field.kind === 'prose') {
    return (
      <Item wide field={field} path={path}>
        <Input.TextArea className="growing" lang="zh-CN" rows={2} {...length(field.maxLength)} {...shared} />
      </Item>
    );
  }
  return (
    <Item field={field} path={path}>
      <Input
        autoComplete="off"
        className="num"
        lang="zh-CN"
        type={NATIVE[field.kind]}
        {...length(field.kind === 'line' ? field.maxLength : null)}
        {...shared}
      />
    </Item>
  );
}

const length = (most: number | null): { readonly maxLength?: number } => (most === null ? {} : { maxLength: most });

export function ChoiceField({ field, path, value, onChange }: FieldProps<'choice'>) {
  const { onLeave } = useContext(FormContext);
  return (
    <Item field={field} path={path}>
      <Select<string>
        allowClear={field.optional}
        id={fieldId(path)}
        options={useOptions(field.options, field.path)}
        value={typeof value === 'string' ? value : null}
        onBlur={() => onLeave(path.join('.'))}
        onChange={(chosen) => onChange(chosen ?? undefined)}
      />
    </Item>
  );
}

function useOptions(values: readonly string[], path: string): { value: string; label: string }[] {
  const { t } = useText();
  const { procedure } = useContext(FormContext);
  return values.map((value) => ({ value, label: sentence(optionText(t, procedure?.name ?? '', path, value)) }));
}

export function FlagField({ field, path, value, onChange }: FieldProps<'flag'>) {
  const { name } = useLabel(field);
  return (
    <Form.Item className="form-flag">
      <Checkbox
        checked={value === true}
        id={fieldId(path)}
        onChange={({ target }) => onChange(target.checked || !field.optional ? target.checked : undefined)}
      >
        {name}
      </Checkbox>
    </Form.Item>
  );
}

export function NumberField({ field, path, value, onChange }: FieldProps<'number'>) {
  const { onLeave } = useContext(FormContext);
  return (
    <Item field={field} path={path}>
      <InputNumber
        className="form-number"
        controls={false}
        id={fieldId(path)}
        value={typeof value === 'number' ? value : null}
        {...(field.min === null ? {} : { min: field.min })}
        {...(field.max === null ? {} : { max: field.max })}
        {...(field.integer ? { precision: 0 } : {})}
        onBlur={() => onLeave(path.join('.'))}
        onChange={(typed) => onChange(typed ?? undefined)}
      />
    </Item>
  );
}

/** Stands in the form as it is. A yes or no that cannot be chosen is said, with its reason. */
export function FixedField({ field }: FieldProps<'fixed'>) {
  const { t } = useText();
  const { name, hint } = useLabel(field);
  if (typeof field.value !== 'boolean') return null;
  return (
    <div className="form-fixed form-wide">
      <span className="text2">{name}</span> {t(field.value ? 'window.form.yes' : 'window.form.no')}
      {hint !== '' && <p className="meta text3">{hint}</p>}
    </div>
  );
}

interface ChoicesProps {
  readonly field: FieldSpec;
  readonly options: readonly string[];
  readonly path: Path;
  readonly value: readonly Json[];
  readonly onChange: (value: readonly Json[]) => void;
}

export function Choices({ field, options, path, value, onChange }: ChoicesProps) {
  const { name } = useLabel(field);
  const labels = useOptions(options, field.path);
  return (
    <Item field={field} path={path}>
      <fieldset className="form-choices" id={fieldId(path)} tabIndex={-1}>
        <legend className="unseen">{name}</legend>
        <Checkbox.Group options={labels} value={value.map(String)} onChange={(chosen) => onChange(chosen)} />
      </fieldset>
    </Item>
  );
}
