import { SearchOutlined } from '@ant-design/icons';
import { Button, Input, type InputRef, Select } from 'antd';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { MatterFilter } from '../../../shared/ipc/channels/matter.ts';
import { PROCEDURE_TYPES, type ProcedureType } from '../../../shared/model/vocabulary.ts';
import { useAsk } from '../../data/use-ask.ts';
import { regionText, stateText, typeText } from '../../text/labels.ts';
import { useText } from '../../text/use-text.ts';
import { Chip } from '../../ui/chip.tsx';
import { useShortcut } from '../../ui/use-shortcut.ts';
import { compact, type MatterQuery } from './matter-query.ts';
import type { Persons } from './matters.tsx';
import { SaveView } from './save-view.tsx';

interface Props {
  readonly query: MatterQuery;
  readonly persons: Persons;
  readonly onChange: (query: MatterQuery) => void;
}

/** How long the typing rests before it is searched for. Milliseconds. */
const REST = 60;

export function Filters({ query, persons, onChange }: Props) {
  const { t } = useText();
  const { filter } = query;
  const facets = useAsk('matter:facets', {}).value;
  const change = (part: Partial<{ [Name in keyof MatterFilter]: MatterFilter[Name] | undefined }>): void =>
    onChange({ ...query, filter: compact({ ...filter, ...part }) });
  const states = (facets?.states ?? []).filter(({ type }) => filter.type === undefined || type === filter.type);
  const stateOptions = [...new Map(states.map((row) => [row.state, stateText(t, row)]))];
  const regions = [...new Set((facets?.regions ?? []).map(({ region }) => region.slice(0, 2)))];
  const isFiltered = Object.keys(filter).length > 0;

  return (
    <div className="filters">
      <SearchField value={filter.query ?? ''} onChange={(typed) => change({ query: typed || undefined })} />
      <Select<ProcedureType>
        allowClear
        aria-label={t('window.matters.column.type')}
        options={PROCEDURE_TYPES.map((value) => ({ value, label: typeText(t, value) }))}
        placeholder={t('window.matters.column.type')}
        popupMatchSelectWidth={false}
        style={{ width: 112 }}
        value={filter.type ?? null}
        onChange={(type) => change({ type: type ?? undefined, state: undefined })}
      />
      <Select<string>
        allowClear
        aria-label={t('window.matters.column.state')}
        options={stateOptions.map(([value, label]) => ({ value, label }))}
        placeholder={t('window.matters.column.state')}
        popupMatchSelectWidth={false}
        style={{ width: 104 }}
        value={filter.state ?? null}
        onChange={(state) => change({ state: state ?? undefined })}
      />
      <Select<string>
        allowClear
        aria-label={t('window.matters.region')}
        options={regions.map((value) => ({ value, label: regionText(t, value) }))}
        placeholder={t('window.matters.region')}
        popupMatchSelectWidth={false}
        style={{ width: 104 }}
        value={filter.region ?? null}
        onChange={(region) => change({ region: region ?? undefined })}
      />
      <Chips filter={filter} persons={persons} onDrop={change} />
      {isFiltered && (
        <div className="filters-acts">
          <Button size="small" type="link" onClick={() => onChange({ ...query, filter: {} })}>
            {t('window.filter.clear')}
          </Button>
          <SaveView query={query} />
        </div>
      )}
    </div>
  );
}

function SearchField({ value, onChange }: { readonly value: string; readonly onChange: (typed: string) => void }) {
  const { t } = useText();
  const field = useRef<InputRef>(null);
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setTyped(value);
  }
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => {
    if (typed.trim() === value) return;
    const timer = setTimeout(() => latest.current(typed.trim()), REST);
    return () => clearTimeout(timer);
  }, [typed, value]);
  useShortcut('Mod+F', () => field.current?.focus({ cursor: 'all' }));
  return (
    <Input
      ref={field}
      allowClear
      aria-label={t('window.matters.search')}
      className="filters-search"
      placeholder={t('window.matters.search')}
      prefix={<SearchOutlined aria-hidden />}
      value={typed}
      onChange={(event) => setTyped(event.target.value)}
    />
  );
}

/** Conditions that have no field of their own. */
function Chips(props: {
  readonly filter: MatterFilter;
  readonly persons: Persons;
  readonly onDrop: (part: Partial<Record<keyof MatterFilter, undefined>>) => void;
}): ReactNode {
  const { filter, persons, onDrop } = props;
  const { t } = useText();
  const { open, turn, dueWithin, assignee, office } = filter;
  return (
    <>
      {open !== undefined && (
        <Chip onRemove={() => onDrop({ open: undefined })}>{t(`window.matters.chip.${open ? 'open' : 'closed'}`)}</Chip>
      )}
      {turn !== undefined && (
        <Chip onRemove={() => onDrop({ turn: undefined })}>{t(`window.matters.chip.${turn}`)}</Chip>
      )}
      {dueWithin !== undefined && (
        <Chip onRemove={() => onDrop({ dueWithin: undefined })}>
          {dueWithin < 0 ? t('window.matters.chip.overdue') : t('window.matters.chip.due', { count: dueWithin })}
        </Chip>
      )}
      {assignee !== undefined && (
        <Chip onRemove={() => onDrop({ assignee: undefined })}>
          {t('window.matters.chip.assignee', { name: persons.get(assignee) ?? '' })}
        </Chip>
      )}
      {office !== undefined && <Chip onRemove={() => onDrop({ office: undefined })}>{office}</Chip>}
    </>
  );
}
