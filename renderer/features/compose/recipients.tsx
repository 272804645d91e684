import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import type { DirectoryEntry } from '../../../shared/ipc/channels/directory.ts';
import type { OfficeId } from '../../../shared/model/brand.ts';
import type { Procedure } from '../../../shared/procedures/procedure.ts';
import { procedureText } from '../../../shared/procedures/procedure-text.ts';
import { useAsk } from '../../data/use-ask.ts';
import { regionText } from '../../text/labels.ts';
import { sentence } from '../../text/sentence.ts';
import { useText } from '../../text/use-text.ts';
import { Status } from '../../ui/status.tsx';

export interface RoleChoice {
  readonly role: string;
  readonly chosen: OfficeId | null;
  readonly offices: readonly string[] | null;
  readonly optional: boolean;
}

interface Props {
  readonly procedure: Procedure;
  readonly choices: readonly RoleChoice[];
  readonly onChoose: (role: string, entry: DirectoryEntry | null) => void;
}

export const RECIPIENT_FIELD = 'f-to';
const MOST = 100;

/** To whom: by name, region and type, from the directory alone, each with what is known of its keys. */
export function Recipients({ procedure, choices, onChoose }: Props) {
  return choices.map((choice, index) => (
    <Recipient
      key={choice.role}
      choice={choice}
      id={index === 0 ? RECIPIENT_FIELD : `${RECIPIENT_FIELD}-${choice.role}`}
      procedure={procedure}
      onChoose={(entry) => onChoose(choice.role, entry)}
    />
  ));
}

interface RecipientProps {
  readonly id: string;
  readonly procedure: Procedure;
  readonly choice: RoleChoice;
  readonly onChoose: (entry: DirectoryEntry | null) => void;
}

function Recipient({ id, procedure, choice, onChoose }: RecipientProps) {
  const { t } = useText();
  const [name, setName] = useState('');
  const search = useDeferredValue(name.trim());
  const found = useAsk(
    'directory:list',
    { ...(search === '' ? {} : { name: search }), limit: MOST, after: null },
    { keep: true },
  );
  const { offices, chosen, role } = choice;
  const fitting = (found.value?.items ?? [])
    .filter(({ own }) => !own)
    .sort((a, b) => Number(fits(b, offices)) - Number(fits(a, offices)));
  const entry = useAsk('directory:show', { office: chosen ?? ('' as OfficeId) }, { enabled: chosen !== null }).value;
  const shown = chosen !== null && entry?.office.id === chosen ? entry : null;
  const label = procedureText(t, procedure.name, 'roles', role);
  return (
    <div className="recipient">
      <label className="meta text3" htmlFor={id}>
        {sentence(label)}
        {choice.optional && t('window.slot.optional')}
      </label>
      <Select<string>
        allowClear
        filterOption={false}
        id={id}
        notFoundContent={t('window.compose.noOffice')}
        optionRender={({ data }) => (
          <span className="recipient-option">
            <span lang="zh-CN">{data.label}</span>
            <span className="meta text3">{data['facts']}</span>
          </span>
        )}
        options={[
          ...(shown !== null && !fitting.some(({ office }) => office.id === chosen)
            ? [{ value: shown.office.id as string, label: shown.office.name, facts: '' }]
            : []),
          ...fitting.map(({ office }) => ({
            value: office.id as string,
            label: office.name,
            facts: `${regionText(t, office.region)} · ${t(`window.officeType.${office.type}`)}`,
          })),
        ]}
        placeholder={t('window.compose.searchOffice')}
        showSearch
        value={chosen}
        onChange={(value) => onChoose(fitting.find(({ office }) => office.id === value) ?? null)}
        onSearch={setName}
      />
      {shown !== null && <Standing entry={shown} />}
    </div>
  );
}

function fits({ office }: DirectoryEntry, offices: readonly string[] | null): boolean {
  return offices === null || offices.includes(office.type);
}

type Shown = NonNullable<ReturnType<typeof useAsk<'directory:show'>>['value']>;

/** What is known of an office's keys and of the way to it. */
function Standing({ entry: { office, current, pending, routes } }: { readonly entry: Shown }) {
  const { t, date } = useText();
  return (
    <>
      <p className="meta text2">
        {regionText(t, office.region)} · {t(`window.officeType.${office.type}`)}
        {routes.length === 0 && ` · ${t('window.directory.noRoute')}`}
      </p>
      <p className="meta">
        {current === null ? (
          <Status tone="waiting">{t('window.directory.uncompared')}</Status>
        ) : pending !== null ? (
          <Status tone="failed">{t('window.directory.changed')}</Status>
        ) : (
          <Status tone="done">
            {current.confirmedAt === null
              ? t('window.directory.compared')
              : t('window.directory.comparedOn', { date: date(current.confirmedAt) })}
          </Status>
        )}
      </p>
    </>
  );
}
