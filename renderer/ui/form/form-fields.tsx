import { Button, Form } from 'antd';
import { useContext } from 'react';
import type { Json } from '../../../shared/model/i-json.ts';
import type { FieldSpec } from '../../../shared/procedures/describe-form.ts';
import { emptyMembers } from '../../../shared/procedures/empty-form.ts';
import { useText } from '../../text/use-text.ts';
import { type FieldProps, useLabel } from './field-item.tsx';
import { FormContext } from './form-context.ts';
import { type FormDraft, fieldId, isMembers, type Path, withMember } from './form-value.ts';
import { ChoiceField, Choices, FixedField, FlagField, NumberField, TextField } from './plain-fields.tsx';
import './form.css';

interface Props {
  readonly fields: readonly FieldSpec[];
  readonly form: FormDraft;
  readonly path?: Path;
  readonly onChange: (form: FormDraft) => void;
}

/** The members of a form or of a part of it, in three columns, labels above. */
export function FormFields({ fields, form, path = [], onChange }: Props) {
  return (
    <Form className="form-fields" component="div" layout="vertical" requiredMark={false}>
      {fields.map((field) => (
        <Field
          key={field.name}
          field={field}
          path={[...path, field.name]}
          value={form[field.name]}
          onChange={(value: Json | undefined) => onChange(withMember(form, field.name, value))}
        />
      ))}
    </Form>
  );
}

/** One member of a form, drawn by what the procedure's schema says of it. */
function Field({ field, ...rest }: FieldProps) {
  switch (field.kind) {
    case 'line':
    case 'prose':
    case 'day':
    case 'moment':
      return <TextField field={field} {...rest} />;
    case 'choice':
      return <ChoiceField field={field} {...rest} />;
    case 'flag':
      return <FlagField field={field} {...rest} />;
    case 'number':
      return <NumberField field={field} {...rest} />;
    case 'fixed':
      return <FixedField field={field} {...rest} />;
    case 'list':
      return <ListField field={field} {...rest} />;
    case 'group':
      return <GroupField field={field} {...rest} />;
    case 'variant':
      return <VariantField field={field} {...rest} />;
  }
}

function GroupField({ field, path, value, onChange }: FieldProps<'group'>) {
  const { t } = useText();
  const { label, name, hint } = useLabel(field);
  const { problemAt } = useContext(FormContext);
  const problem = problemAt(path.join('.'));
  if (value === undefined && field.optional) {
    return (
      <Form.Item
        label={label}
        htmlFor={fieldId(path)}
        {...(hint === '' ? {} : { extra: <span className="meta text3">{hint}</span> })}
      >
        <Button id={fieldId(path)} onClick={() => onChange(emptyMembers(field.fields))}>
          {t('window.form.fillIn', { name })}
        </Button>
      </Form.Item>
    );
  }
  return (
    <fieldset className="form-part form-wide" id={fieldId(path)}>
      <legend>
        {label}
        {field.optional && (
          <button type="button" className="link form-leave" onClick={() => onChange(undefined)}>
            {t('window.form.leaveOut')}
          </button>
        )}
      </legend>
      {problem !== null && <p className="meta tone-failed">{problem}</p>}
      <FormFields fields={field.fields} form={isMembers(value) ? value : {}} path={path} onChange={onChange} />
    </fieldset>
  );
}

function VariantField({ field, path, value, onChange }: FieldProps<'variant'>) {
  const members = isMembers(value) ? value : {};
  const chosen = String(members[field.by] ?? '');
  const variant = field.variants.find(({ values }) => values.includes(chosen));
  const { label } = useLabel(field);
  const by: FieldSpec = {
    name: field.by,
    path: `${field.path}.${field.by}`,
    optional: false,
    kind: 'choice',
    options: field.variants.flatMap(({ values }) => values),
  };
  return (
    <fieldset className="form-part form-wide" id={fieldId(path)}>
      <legend>{label}</legend>
      <FormFields
        fields={[by, ...(variant?.fields ?? [])]}
        form={members}
        path={path}
        onChange={(next) => {
          const other = field.variants.find(({ values }) => values.includes(String(next[field.by] ?? '')));
          const kept = other === variant ? next : keep(next, field.by, other?.fields ?? []);
          onChange(Object.keys(kept).length === 0 ? undefined : kept);
        }}
      />
    </fieldset>
  );
}

/** Another choice has other members: what it does not know goes, what it needs comes. */
function keep(form: Readonly<Record<string, Json>>, by: string, fields: readonly FieldSpec[]) {
  const names = new Set([by, ...fields.map(({ name }) => name)]);
  return { ...emptyMembers(fields), ...Object.fromEntries(Object.entries(form).filter(([name]) => names.has(name))) };
}

function ListField({ field, path, value, onChange }: FieldProps<'list'>) {
  const { item } = field;
  const items = Array.isArray(value) ? (value as readonly Json[]) : [];
  const set = (next: readonly Json[]): void => onChange(next.length === 0 && field.optional ? undefined : [...next]);
  if (item.kind === 'choice')
    return <Choices field={field} options={item.options} path={path} value={items} onChange={set} />;
  return <Rows field={field} items={items} path={path} onChange={set} />;
}

interface RowsProps {
  readonly field: Extract<FieldSpec, { kind: 'list' }>;
  readonly items: readonly Json[];
  readonly path: Path;
  readonly onChange: (items: readonly Json[]) => void;
}

function Rows({ field, items, path, onChange }: RowsProps) {
  const { t } = useText();
  const { label, name } = useLabel(field);
  const { problemAt } = useContext(FormContext);
  const problem = problemAt(path.join('.'));
  const { item } = field;
  const replace = (at: number, next: Json | undefined): void =>
    onChange(
      next === undefined && item.kind === 'group'
        ? items.filter((_, index) => index !== at)
        : items.map((one, index) => (index === at ? (next ?? '') : one)),
    );
  return (
    <fieldset className="form-part form-wide" id={fieldId(path)} tabIndex={-1}>
      <legend>{label}</legend>
      {problem !== null && <p className="meta tone-failed">{problem}</p>}
      {items.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an entry is its place in the list
        <div key={index} className="form-entry">
          {item.kind === 'group' ? (
            <FormFields
              fields={item.fields}
              form={isMembers(one) ? one : {}}
              path={[...path, index]}
              onChange={(next) => replace(index, next as Json)}
            />
          ) : (
            <Field
              field={{ ...item, name: String(index + 1), path: field.path } as FieldSpec}
              path={[...path, index]}
              value={one}
              onChange={(next) => replace(index, next)}
            />
          )}
          {items.length > field.min && (
            <Button
              aria-label={t('window.form.removeEntry', { name, number: index + 1 })}
              className="form-remove"
              size="small"
              onClick={() => onChange(items.filter((_, at) => at !== index))}
            >
              {t('window.form.remove')}
            </Button>
          )}
        </div>
      ))}
      {(field.max === null || items.length < field.max) && (
        <Button
          size="small"
          onClick={() =>
            onChange([...items, item.kind === 'group' ? emptyMembers(item.fields) : item.kind === 'variant' ? {} : ''])
          }
        >
          {t('window.form.add', { name })}
        </Button>
      )}
    </fieldset>
  );
}
