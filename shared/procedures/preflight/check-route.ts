import type { Bytes } from '../../model/brand.ts';
import { type Check, type Finding, found, type PreflightRecipient } from './finding.ts';

const MiB = 1024 * 1024;
/** Above it a package is fetched only after an offer that announced it (protocol.md 5). */
const OFFERED_ABOVE: Bytes = 256 * MiB;
/** Signature, message, padding and GCM around the documents. */
const AROUND: Bytes = 128 * 1024;

/** Whether the sealed package can go where it must. It is kept and posted when a route fits: nothing is lost by sealing it. */
export const checkRoute: Check = ({ documents }, { recipients }) => {
  const size = documents.reduce((sum, one) => sum + one.size, AROUND);
  return [
    ...recipients.flatMap((recipient) => checkRecipient(recipient, size)),
    ...(size > OFFERED_ABOVE ? [found('wait', 'offer-first', { params: { size } })] : []),
  ];
};

function checkRecipient({ office, routes }: PreflightRecipient, size: Bytes): Finding[] {
  const limits = routes.map(({ largest }) => largest ?? Number.POSITIVE_INFINITY);
  const largest = Math.max(0, ...limits);
  if (routes.length === 0 || size <= largest) return [];
  return [found('wait', 'route-too-small', { params: { name: office.name, size, largest } })];
}
