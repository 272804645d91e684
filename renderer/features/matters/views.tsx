import { CloseOutlined } from '@ant-design/icons';
import { Button, Tabs, Tooltip } from 'antd';
import type { MatterFilter } from '../../../shared/ipc/channels/matter.ts';
import { useAsk, useTell } from '../../data/use-ask.ts';
import { useText } from '../../text/use-text.ts';
import { type MatterQuery, writeQuery } from './matter-query.ts';

interface Props {
  readonly query: MatterQuery;
  readonly onChange: (query: MatterQuery) => void;
}

const UPDATED: MatterQuery['sort'] = { by: 'updated', descending: true };
const DUE: MatterQuery['sort'] = { by: 'due', descending: false };
const OWN = 'own';

/** Views that every office has, then its own. Conditions that belong to none stand under a tab of hits. */
export function Views({ query, onChange }: Props) {
  const { t, count } = useText();
  const saved = useAsk('view:list', {}).value?.items ?? [];
  const current = useAsk('identity:list', {}).value?.current ?? null;
  const remove = useTell('view:remove');
  const fixed: { readonly key: string; readonly filter: MatterFilter; readonly sort: MatterQuery['sort'] }[] = [
    { key: 'all', filter: {}, sort: UPDATED },
    { key: 'open', filter: { open: true }, sort: DUE },
    ...(current === null ? [] : [{ key: 'mine', filter: { open: true, assignee: current }, sort: DUE }]),
    { key: 'due', filter: { dueWithin: 3 }, sort: DUE },
    { key: 'ours', filter: { turn: 'ours' }, sort: DUE },
    { key: 'closed', filter: { open: false }, sort: UPDATED },
  ];
  const is = (other: MatterQuery): boolean => conditionsOf(other) === conditionsOf(query);
  const view = saved.find(is);
  const active = fixed.find(is)?.key ?? (view === undefined ? OWN : `view-${view.id}`);
  const items = [
    ...(active === OWN ? [{ key: OWN, label: t('window.matters.view.hits') }] : []),
    ...fixed.map(({ key }) => ({ key, label: t(`window.matters.view.${key}` as 'window.matters.view.all') })),
    ...saved.map(({ id, name, total }) => ({
      key: `view-${id}`,
      label: total === null ? name : `${name} ${count(total)}`,
    })),
  ];
  return (
    <div className="views">
      <Tabs
        activeKey={active}
        items={items}
        onChange={(key) => {
          const chosen = fixed.find((each) => each.key === key) ?? saved.find(({ id }) => `view-${id}` === key);
          if (chosen !== undefined) onChange({ filter: chosen.filter, sort: chosen.sort });
        }}
      />
      {view !== undefined && (
        <Tooltip title={t('window.matters.view.remove')}>
          <Button
            aria-label={t('window.matters.view.remove')}
            icon={<CloseOutlined />}
            size="small"
            type="text"
            onClick={() => remove.tell({ id: view.id })}
          />
        </Tooltip>
      )}
    </div>
  );
}

/** The same conditions are the same view, however they are sorted. */
function conditionsOf({ filter }: MatterQuery): string {
  const params = writeQuery({ filter, sort: UPDATED });
  params.sort();
  return params.toString();
}
