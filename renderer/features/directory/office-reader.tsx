import { Button, Checkbox } from 'antd';
import { useNavigate } from 'react-router';
import type { OfficeId } from '../../../shared/model/brand.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { regionText } from '../../text/labels.ts';
import { useText } from '../../text/use-text.ts';
import { Empty } from '../../ui/empty.tsx';
import { ErrorSheet, FailureLine } from '../../ui/error-sheet.tsx';
import { KeyValues } from '../../ui/key-values.tsx';
import { Section } from '../../ui/section.tsx';
import { WaitingRows } from '../../ui/waiting-rows.tsx';
import { CardView } from './card-view.tsx';
import { PendingCard } from './pending-card.tsx';

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
      {!own && <Routes chosen={value.routes} office={id} />}
    </>
  );
}

function Routes({ office, chosen }: { readonly office: OfficeId; readonly chosen: readonly string[] }) {
  const { t } = useText();
  const navigate = useNavigate();
  const routes = useAsk('route:list', {});
  const set = useTell('directory:set-routes');
  return (
    <Section title={t('window.directory.routes')}>
      <div className="sheet directory-routes">
        {routes.failure !== null && <FailureLine failure={routes.failure} />}
        {routes.value?.items.length === 0 && (
          <Empty
            act={<Button onClick={() => void navigate('/settings/routes')}>{t('window.directory.addRoute')}</Button>}
          >
            {t('window.directory.noRoutes')}
          </Empty>
        )}
        {routes.value !== undefined && routes.value.items.length > 0 && (
          <Checkbox.Group
            options={routes.value.items.map(({ id, kind, address }) => ({
              value: id,
              label: `${t(`window.route.kind.${kind}`)} · ${address ?? id}`,
            }))}
            value={[...chosen]}
            onChange={(ids) => set.tell({ office, routes: ids })}
          />
        )}
        {set.failure !== null && <FailureLine failure={set.failure} />}
      </div>
    </Section>
  );
}
