import { setChannel } from '../../electron/usecases/set-channel.ts';
import type { OfficeId } from '../../shared/model/brand.ts';
import type { ChannelKind } from '../../shared/model/channel-config.ts';
import { type AddOffice, exportedCard, importFrom, type Lab, OFFICES, type Party } from '../fixtures/exchange-lab.ts';

/** Name of the one route of each office. */
export const ROUTE = 'route';

export interface Pair {
  readonly firm: Party;
  readonly lead: Party;
}

/** How one office reaches the other. */
export interface PairSide {
  readonly config: unknown;
  readonly options?: AddOffice;
}

/** A firm and the office that leads its matters: they know each other's cards and reach each other over one transport. */
export async function addPair(lab: Lab, kind: ChannelKind, sides: { firm: PairSide; lead: PairSide }): Promise<Pair> {
  const firm = await lab.addOffice(OFFICES.firm, sides.firm.options);
  const lead = await lab.addOffice(OFFICES.procuratorate, sides.lead.options);
  for (const [one, other, { config }] of [
    [firm, lead, sides.firm],
    [lead, firm, sides.lead],
  ] as const) {
    await importFrom(one.context, await exportedCard(other));
    setRoute(one, kind, config);
  }
  return { firm, lead };
}

export function setRoute(
  { context }: Party,
  kind: ChannelKind,
  config: unknown,
  offices: readonly OfficeId[] = [OFFICES.firm.id, OFFICES.procuratorate.id],
): void {
  setChannel(context, { id: ROUTE, kind, config, offices, by: 'test' });
}
