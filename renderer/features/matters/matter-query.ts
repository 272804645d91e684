import type { MatterFilter } from '../../../shared/ipc/channels/matter.ts';
import type { RequestOf } from '../../../shared/ipc/contract.ts';
import { isProcedureType } from './is-procedure-type.ts';

export type MatterSort = RequestOf<'matter:list'>['sort'];

export interface MatterQuery {
  readonly filter: MatterFilter;
  readonly sort: MatterSort;
}

const SORTS = ['updated', 'opened', 'due', 'title'] as const;

/** What the list shows stands in the address, so that other screens can lead to it and the way back finds it again. */
export function readQuery(params: URLSearchParams): MatterQuery {
  const text = (name: string): string | undefined => params.get(name) ?? undefined;
  const type = text('type');
  const due = text('due');
  const turn = text('turn');
  const open = text('open');
  const sort = SORTS.find((by) => by === params.get('sort')) ?? 'updated';
  return {
    filter: compact({
      query: text('q'),
      type: isProcedureType(type) ? type : undefined,
      state: text('state'),
      region: text('region'),
      office: text('office') as MatterFilter['office'],
      assignee: text('assignee') as MatterFilter['assignee'],
      open: open === undefined ? undefined : open === 'yes',
      turn: turn === 'ours' || turn === 'theirs' ? turn : undefined,
      dueWithin: due !== undefined && /^-?\d{1,4}$/.test(due) ? Number(due) : undefined,
    }),
    sort: { by: sort, descending: params.get('order') !== 'up' },
  };
}

export function writeQuery({ filter, sort }: MatterQuery): URLSearchParams {
  const { query, open, dueWithin, ...rest } = filter;
  const entries = {
    ...rest,
    q: query === '' ? undefined : query,
    open: open === undefined ? undefined : open ? 'yes' : 'no',
    due: dueWithin === undefined ? undefined : String(dueWithin),
    sort: sort.by === 'updated' ? undefined : sort.by,
    order: sort.descending ? undefined : 'up',
  };
  return new URLSearchParams(
    Object.entries(entries).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}

/** Without the members that are undefined: the contract knows absent, not undefined. */
export function compact(filter: { [Name in keyof MatterFilter]: MatterFilter[Name] | undefined }): MatterFilter {
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as MatterFilter;
}
