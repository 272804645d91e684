import type { OfficeId } from '../../../shared/model/brand.ts';
import { useAsk } from '../../data/use-ask.ts';
import { regionText } from '../../text/labels.ts';
import { useText } from '../../text/use-text.ts';
import { Empty } from '../../ui/empty.tsx';
import { ErrorSheet } from '../../ui/error-sheet.tsx';
import { KeyValues } from '../../ui/key-values.tsx';
import { Section } from '../../ui/section.tsx';
import { WaitingRows } from '../../ui/waiting-rows.tsx';
import { CardView } from './card-view.tsx';
import { OfficeQuota } from './office-quota.tsx';
import { OfficeRoutes } from './office-routes.tsx';
import { PendingCard } from './pending-card.tsx';
import { WithdrawCard } from './withdraw-card.tsx';

/** One office: what is on file, what came since, and the ways that reach it. */
export function OfficeReader({ office: id }: { readonly office: OfficeId }) {
  const { t } = useText();
  const { value, failure, again } = useAsk('directory:show', { office: id });
  if (failure !== null) return <ErrorSheet failure={failure} onRetry={again} />;
  if (value === undefined) return <WaitingRows count={5} label={t('window.waiting')} />;
  const { office, own, current, pending } = value;
  return (
    <>
      <header className="office-head">
        <h2 lang="zh-CN">{office.name}</h2>
        <KeyValues
          items={[
            [t('window.office.type'), t(`window.officeType.${office.type}`)],
            [t('window.matters.region'), `${regionText(t, office.region)} ${office.region}`],
            [
              t('window.office.uscc'),
              <span key="id" className="mono">
                {office.id}
              </span>,
            ],
          ]}
        />
      </header>
      {pending !== null && <PendingCard current={current} office={office} pending={pending} />}
      {current === null ? (
        pending === null && (
          <div className="sheet">
            <Empty>{t('window.directory.noCard')}</Empty>
          </div>
        )
      ) : (
        <Section title={t('window.directory.onFile')}>
          <CardView card={current} />
        </Section>
      )}
      {!own && <OfficeRoutes chosen={value.routes} office={id} proposed={(pending ?? current)?.routes ?? []} />}
      {!own && <OfficeQuota office={id} quota={value.quota} />}
      {!own && current !== null && <WithdrawCard office={office} />}
    </>
  );
}
