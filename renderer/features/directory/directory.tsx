import { DownloadOutlined, ImportOutlined, SearchOutlined } from '@ant-design/icons';
import { Button, Input, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { DirectoryEntry } from '../../../shared/ipc/channels/directory.ts';
import type { OfficeId } from '../../../shared/model/brand.ts';
import type { OfficeType } from '../../../shared/model/office-card.ts';
import { OFFICE_TYPES } from '../../../shared/model/vocabulary.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { regionText } from '../../text/labels.ts';
import { useText } from '../../text/use-text.ts';
import { Empty } from '../../ui/empty.tsx';
import { ErrorSheet, FailureLine } from '../../ui/error-sheet.tsx';
import { ListReader } from '../../ui/list-reader.tsx';
import { Status } from '../../ui/status.tsx';
import { useToast } from '../../ui/use-toast.ts';
import { WaitingRows } from '../../ui/waiting-rows.tsx';
import { OfficeReader } from './office-reader.tsx';
import { SignedDirectories } from './signed-directories.tsx';
import './directory.css';

/** One answer holds no more; a directory is larger only for whoever wants to search anyway. */
const MOST = 500;
const PROVINCES = ['31', '32', '33', '34'] as const;

interface Conditions {
  readonly name: string;
  readonly type: OfficeType | null;
  readonly region: string | null;
}

/** Counterparts: who they are, and which of their keys somebody here has compared. */
export function Directory() {
  const { t } = useText();
  const navigate = useNavigate();
  const chosen = useParams()['office'] as OfficeId | undefined;
  const [conditions, setConditions] = useState<Conditions>({ name: '', type: null, region: null });
  const { name, type, region } = useDeferredValue(conditions);
  const { value, failure, again, waiting } = useAsk(
    'directory:list',
    {
      ...(name.trim() === '' ? {} : { name: name.trim() }),
      ...(type === null ? {} : { type }),
      ...(region === null ? {} : { region }),
      limit: MOST,
      after: null,
    },
    { keep: true },
  );
  const isFiltered = name !== '' || type !== null || region !== null;
  const open = (office: OfficeId): void => void navigate(`/directory/${office}`);

  return (
    <ListReader
      head={
        <>
          <div className="list-head">
            <h1>{t('window.frame.directory')}</h1>
            <CardFiles onImported={open} />
          </div>
          <div className="list-filters directory-filters">
            <Input
              allowClear
              aria-label={t('window.directory.search')}
              placeholder={t('window.directory.search')}
              prefix={<SearchOutlined aria-hidden />}
              value={conditions.name}
              onChange={(event) => setConditions({ ...conditions, name: event.target.value })}
            />
            <Select<OfficeType>
              allowClear
              aria-label={t('window.office.type')}
              options={OFFICE_TYPES.map((each) => ({ value: each, label: t(`window.officeType.${each}`) }))}
              placeholder={t('window.directory.type')}
              popupMatchSelectWidth={false}
              value={conditions.type}
              onChange={(picked) => setConditions({ ...conditions, type: picked ?? null })}
            />
            <Select<string>
              allowClear
              aria-label={t('window.matters.region')}
              options={PROVINCES.map((each) => ({ value: each as string, label: regionText(t, each) }))}
              placeholder={t('window.matters.region')}
              popupMatchSelectWidth={false}
              value={conditions.region}
              onChange={(picked) => setConditions({ ...conditions, region: picked ?? null })}
            />
          </div>
        </>
      }
      reader={
        chosen === undefined ? (
          <>
            {value !== undefined && value.items.length > 0 && (
              <p className="text3 directory-choose">{t('window.directory.choose')}</p>
            )}
            <SignedDirectories />
          </>
        ) : (
          <OfficeReader key={chosen} office={chosen} />
        )
      }
      readerLabel={t('window.directory.reader')}
    >
      {failure !== null && <ErrorSheet failure={failure} onRetry={again} />}
      {waiting && <WaitingRows count={6} label={t('window.waiting')} />}
      {value?.items.length === 0 && (
        <Empty
          act={
            isFiltered && (
              <Button onClick={() => setConditions({ name: '', type: null, region: null })}>
                {t('window.filter.clear')}
              </Button>
            )
          }
        >
          {isFiltered ? t('window.directory.noHit') : t('window.directory.none')}
        </Empty>
      )}
      <ul>
        {value?.items.map((entry) => (
          <Entry key={entry.office.id} chosen={entry.office.id === chosen} entry={entry} onOpen={open} />
        ))}
      </ul>
      {value?.next != null && <p className="list-more meta text3">{t('window.directory.more', { count: MOST })}</p>}
    </ListReader>
  );
}

interface EntryProps {
  readonly entry: DirectoryEntry;
  readonly chosen: boolean;
  readonly onOpen: (office: OfficeId) => void;
}

function Entry({ entry: { office, own, card, pending, routes }, chosen, onOpen }: EntryProps) {
  const { t, date } = useText();
  const trust =
    card !== null && pending ? (
      <Status tone="failed">{t('window.directory.changed')}</Status>
    ) : card === null ? (
      <Status tone="waiting">{t('window.directory.uncompared')}</Status>
    ) : own ? null : (
      <Status tone="done">
        {card.confirmedAt === null
          ? t('window.directory.compared')
          : t('window.directory.comparedOn', { date: date(card.confirmedAt) })}
      </Status>
    );
  return (
    <li>
      <button
        type="button"
        className="list-row"
        {...(chosen ? { 'aria-current': 'true' as const } : {})}
        onClick={() => onOpen(office.id)}
      >
        <span className="clip" lang="zh-CN" title={office.name}>
          {office.name}
          {own && <span className="text3">{t('window.directory.own')}</span>}
        </span>
        <span className="list-row-end">{trust}</span>
        <span className="meta text3 directory-facts">
          {[
            regionText(t, office.region),
            t(`window.officeType.${office.type}`),
            routes.length === 0 && !own ? t('window.directory.noRoute') : null,
          ]
            .filter((fact) => fact !== null)
            .join(' · ')}
        </span>
      </button>
    </li>
  );
}

/** Cards come and go as files: by mail, on a stick, from a web site. None is trusted for having come. */
function CardFiles({ onImported }: { readonly onImported: (office: OfficeId) => void }) {
  const { t } = useText();
  const toast = useToast();
  const choose = useTell('file:choose');
  const take = useTell('directory:import');
  const give = useTell('office:export-card');
  const failure = choose.failure ?? take.failure ?? give.failure;
  return (
    <>
      <div className="directory-files">
        <Button
          icon={<DownloadOutlined />}
          onClick={() =>
            give.tell({ office: null }, { onSuccess: ({ saved }) => saved && toast(t('window.directory.exported')) })
          }
        >
          {t('window.directory.export')}
        </Button>
        <Button
          icon={<ImportOutlined />}
          loading={take.isPending}
          onClick={() =>
            choose.tell(
              { purpose: 'card', several: false },
              {
                onSuccess: ({ files: [file] }) =>
                  file !== undefined &&
                  take.tell({ file: file.token }, { onSuccess: ({ office }) => onImported(office.id) }),
              },
            )
          }
        >
          {t('window.directory.import')}
        </Button>
      </div>
      {failure !== null && <FailureLine failure={failure} />}
    </>
  );
}
