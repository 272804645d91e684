import type { ToneName } from '../../../shared/design/tokens.ts';
import type { TimelineMessage } from '../../../shared/ipc/channels/matter.ts';
import type { OfficeDelivery } from '../../../shared/ipc/parts.ts';
import type { Text } from '../../text/use-text.ts';
import type { Stage } from '../../ui/delivery-track.tsx';

const TONES: Readonly<Record<OfficeDelivery['colour'], ToneName>> = {
  grey: 'none',
  orange: 'waiting',
  green: 'done',
  red: 'failed',
};

/** What shape a message has in the timeline: ours by its receipts, theirs by what became of it here. */
export function toneOfMessage({ own, colour, status }: TimelineMessage): ToneName {
  if (own) return colour === null ? 'none' : TONES[colour];
  return status === 'refused' ? 'failed' : status === 'held' ? 'waiting' : 'done';
}

/** Signed › posted › signed for, with one counterpart. */
export function deliveryStages({ t, time, moment, date }: Text, message: TimelineMessage, to: OfficeDelivery): Stage[] {
  const short = (at: string): string => (date(at) === date(message.createdAt) ? time(at) : moment(at));
  return [
    { label: t('window.track.signed'), at: time(message.createdAt) },
    ...(to.postedAt === null ? [] : [{ label: t('window.track.postedStep'), at: short(to.postedAt) }]),
    {
      label: t(`window.track.${to.status}`),
      tone: TONES[to.colour],
      ...(to.at === null || to.status === 'posted' || to.status === 'queued' ? {} : { at: short(to.at) }),
    },
  ];
}
