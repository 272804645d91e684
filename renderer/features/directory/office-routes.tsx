import { Button, Checkbox } from 'antd';
import { useNavigate } from 'react-router';
import type { CardDetail } from '../../../shared/ipc/channels/directory.ts';
import type { OfficeId } from '../../../shared/model/brand.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { Empty } from '../../ui/empty.tsx';
import { FailureLine } from '../../ui/error-sheet.tsx';
import { Section } from '../../ui/section.tsx';

interface Props {
  readonly office: OfficeId;
  /** Ids of our own routes that reach it, the first before the others. */
  readonly chosen: readonly string[];
  /** What its card proposes. Nothing is dialled before a person has set it up. */
  readonly proposed: CardDetail['routes'];
}

/** Which of our routes reach an office, in which order, and what its card proposes beside them. */
export function OfficeRoutes({ office, chosen, proposed }: Props) {
  const { t } = useText();
  const navigate = useNavigate();
  const routes = useAsk('route:list', {});
  const set = useTell('directory:set-routes');
  const items = routes.value?.items ?? [];
  const label = (id: string): string => {
    const route = items.find((one) => one.id === id);
    return route === undefined ? id : `${t(`window.route.kind.${route.kind}`)} · ${route.address ?? id}`;
  };
  const choose = (ids: readonly string[]): void =>
    set.tell({
      office,
      routes: [...chosen.filter((id) => ids.includes(id)), ...ids.filter((id) => !chosen.includes(id))],
    });
  const first = (id: string): void => set.tell({ office, routes: [id, ...chosen.filter((one) => one !== id)] });
  return (
    <Section title={t('window.directory.routes')}>
      <div className="sheet directory-routes">
        {routes.failure !== null && <FailureLine failure={routes.failure} />}
        {routes.value !== undefined && items.length === 0 && (
          <Empty
            act={<Button onClick={() => void navigate('/settings/routes')}>{t('window.directory.addRoute')}</Button>}
          >
            {t('window.directory.noRoutes')}
          </Empty>
        )}
        {items.length > 0 && (
          <Checkbox.Group
            options={items.map(({ id }) => ({ value: id, label: label(id) }))}
            value={[...chosen]}
            onChange={choose}
          />
        )}
        {chosen.length > 1 && (
          <ol aria-label={t('window.directory.order')} className="directory-order">
            {chosen.map((id, index) => (
              <li key={id}>
                <span className="num">{t('window.directory.place', { n: index + 1 })}</span>
                <span>{label(id)}</span>
                {index > 0 && (
                  <Button
                    aria-label={t('window.directory.firstOf', { route: label(id) })}
                    size="small"
                    onClick={() => first(id)}
                  >
                    {t('window.directory.first')}
                  </Button>
                )}
              </li>
            ))}
          </ol>
        )}
        {set.failure !== null && <FailureLine failure={set.failure} />}
      </div>
      {proposed.length > 0 && (
        <div className="sheet directory-routes">
          <p className="meta text2">{t('window.directory.proposed')}</p>
          <ul className="directory-order">
            {proposed.map((proposal) => (
              <li key={`${proposal.kind} ${proposal.locator}`}>
                <span>{t(`window.route.kind.${proposal.kind}`)}</span>
                <span className="mono clip">{proposal.locator}</span>
                <Button size="small" onClick={() => void navigate('/settings/routes', { state: { proposal, office } })}>
                  {t('window.directory.accept')}
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Section>
  );
}
