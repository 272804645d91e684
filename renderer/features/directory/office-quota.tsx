import { Select } from 'antd';
import { useId } from 'react';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import type { Bytes, OfficeId } from '../../../shared/model/brand.ts';
import { useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { FailureLine } from '../../ui/error-sheet.tsx';
import { Section } from '../../ui/section.tsx';

const GiB = 2 ** 30;
/** Bytes that a person can choose from, beside what every office has. */
const CHOICES = [0, 1, 2, 4, 16, 32, 64, 128, 256].map((size) => size * GiB);
const STANDARD = 'standard';

interface Props {
  readonly office: OfficeId;
  readonly quota: ResponseOf<'directory:show'>['quota'];
}

/** How much room an office has here for large files that it has announced and not brought yet. */
export function OfficeQuota({ office, quota: { own, standard, used } }: Props) {
  const { t, bytes } = useText();
  const id = useId();
  const set = useTell('directory:set-quota');
  const chosen = own === null || CHOICES.includes(own) ? CHOICES : [...CHOICES, own].sort((a, b) => a - b);
  return (
    <Section title={t('window.directory.quota')}>
      <div className="sheet directory-routes">
        <div className="directory-quota">
          <label htmlFor={id}>{t('window.directory.quotaOf')}</label>
          <Select<string>
            id={id}
            loading={set.isPending}
            options={[
              { value: STANDARD, label: t('window.directory.quotaStandard', { size: bytes(standard as Bytes) }) },
              ...chosen.map((size) => ({
                value: String(size),
                label: size === 0 ? t('window.directory.quotaNone') : bytes(size as Bytes),
              })),
            ]}
            popupMatchSelectWidth={false}
            value={own === null ? STANDARD : String(own)}
            onChange={(value) => set.tell({ office, bytes: value === STANDARD ? null : Number(value) })}
          />
          <span className="meta text3 num">{t('window.directory.quotaUsed', { size: bytes(used as Bytes) })}</span>
        </div>
        <p className="meta text3">{t('window.directory.quotaNote')}</p>
        {set.failure !== null && <FailureLine failure={set.failure} />}
      </div>
    </Section>
  );
}
