import { Button, Dropdown } from 'antd';
import { useState } from 'react';
import { ROUTE_KINDS, type RouteView } from '../../../shared/ipc/channels/route.ts';
import type { OfficeId } from '../../../shared/model/brand.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { ConfirmAct } from '../../ui/confirm-act.tsx';
import { FailureLine } from '../../ui/error-sheet.tsx';
import { Status } from '../../ui/status.tsx';
import { DeliverySettings } from './delivery-settings.tsx';
import { ListState } from './list-state.tsx';
import { RouteDialog } from './route-dialog.tsx';
import { useProposedRoute } from './use-proposed-route.ts';

type Editing = Pick<RouteView, 'kind' | 'config'> & { readonly id: string | null; readonly office?: OfficeId };

/** The ways to counterparts, as this office set them up. What a card proposes is never dialled by itself. */
export function RoutesSection() {
  const { t } = useText();
  const routes = useAsk('route:list', {});
  const [editing, setEditing] = useState<Editing | null>(null);
  const [removing, setRemoving] = useState<RouteView | null>(null);
  const remove = useTell('route:remove');
  useProposedRoute((route) => setEditing({ id: null, ...route }));
  const back = (): void => {
    setRemoving(null);
    remove.forget();
  };
  return (
    <>
      <ListState answer={routes} empty={t('window.directory.noRoutes')}>
        {(items) => (
          <ul className="sheet settings-rows">
            {items.map((route) => (
              <Route key={route.id} route={route} onEdit={setEditing} onRemove={setRemoving} />
            ))}
          </ul>
        )}
      </ListState>
      <div className="settings-below">
        <Dropdown
          menu={{
            items: ROUTE_KINDS.map((kind) => ({ key: kind, label: t(`window.route.kind.${kind}`) })),
            onClick: ({ key }) => setEditing({ id: null, kind: key as RouteView['kind'], config: {} }),
          }}
          trigger={['click']}
        >
          <Button>{t('window.settings.routes.add')}</Button>
        </Dropdown>
      </div>
      <DeliverySettings />
      {editing !== null && <RouteDialog {...editing} onClose={() => setEditing(null)} />}
      <ConfirmAct
        busy={remove.isPending}
        failure={remove.failure}
        open={removing !== null}
        title={t('window.settings.routes.removeTitle')}
        verb={t('window.settings.routes.removeVerb')}
        onBack={back}
        onConfirm={() => removing !== null && remove.tell({ id: removing.id }, { onSuccess: back })}
      >
        <p>{t('window.settings.routes.removeBody')}</p>
      </ConfirmAct>
    </>
  );
}

interface RouteProps {
  readonly route: RouteView;
  readonly onEdit: (route: RouteView) => void;
  readonly onRemove: (route: RouteView) => void;
}

function Route({ route, onEdit, onRemove }: RouteProps) {
  const { t, moment } = useText();
  const { id, kind, config, address, offices, lastSuccess, lastError } = route;
  const test = useTell('route:test');
  const folder = typeof config['root'] === 'string' ? config['root'] : id;
  return (
    <li>
      <div>
        <div>
          {t(`window.route.kind.${kind}`)} <span className="mono text2">{address ?? folder}</span>
        </div>
        <div className="meta text3 num">
          {[
            offices.length === 0
              ? t('window.settings.routes.noOffices')
              : offices.map(({ name }) => name).join(t('window.list.comma')),
            lastSuccess === null
              ? t('window.settings.routes.never')
              : t('window.settings.routes.last', { time: moment(lastSuccess) }),
          ].join(' · ')}
        </div>
      </div>
      <span className="settings-acts">
        <Button loading={test.isPending} size="small" onClick={() => test.tell({ id })}>
          {t('window.settings.routes.test')}
        </Button>
        <Button size="small" onClick={() => onEdit(route)}>
          {t('window.settings.routes.edit')}
        </Button>
        <Button size="small" onClick={() => onRemove(route)}>
          {t('window.settings.routes.remove')}
        </Button>
      </span>
      {test.value?.reachable === true && (
        <div className="settings-wide">
          <Status tone="done">
            {t('window.settings.routes.reached', { ms: Math.round(test.value.milliseconds) })}
          </Status>
        </div>
      )}
      {(test.failure ?? test.value?.code ?? lastError) !== null && test.value?.reachable !== true && (
        <div className="settings-wide">
          <FailureLine failure={test.failure ?? { code: test.value?.code ?? lastError ?? 'IO_ERROR', params: {} }} />
        </div>
      )}
    </li>
  );
}
