import { z } from 'zod';
import { evidenceReport } from '../../model/evidence-report.ts';
import { channel } from '../channel.ts';
import {
  count,
  fileToken,
  instant,
  language,
  line,
  matterId,
  maybeStartedJob,
  printed,
  reportFormat,
  saved,
  sha256,
  startedJob,
} from '../parts.ts';

/** What proves a matter to anybody: packed into one file, and judged from nothing but it and what the verifier trusts. */

const verdict = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  size: count,
  report: evidenceReport,
  at: instant,
});
export type EvidenceVerdict = z.infer<typeof verdict>;

export const evidenceChannels = {
  /** What a bundle would hold if it were made now. */
  'evidence:preview': channel(
    'open',
    z.strictObject({ matter: matterId }),
    z.strictObject({
      messages: count,
      documents: count,
      receipts: count,
      cards: count,
      stamps: count,
      /** Bytes of its containers. */
      size: count,
      /** The lead's order is whole up to this place. Nobody can say that nothing follows. */
      completeUpTo: count,
      /** Containers that were deleted here. */
      missing: z.array(sha256),
      /** Named by others, and not here. */
      wanted: z.array(sha256),
      /** Acts that no other office has signed for. */
      unacknowledged: count,
    }),
  ),
  /** In the clear, where the person says: logged. */
  'evidence:export': channel('open', z.strictObject({ matter: matterId }), maybeStartedJob),
  /** Whether a chosen file is a bundle: it is judged by other means than a single container. The token stays good. */
  'evidence:recognise': channel('open', z.strictObject({ file: fileToken }), z.strictObject({ bundle: z.boolean() })),
  /** The job's `verification` names the verdict. */
  'evidence:verify': channel(
    'open',
    z.strictObject({
      file: fileToken,
      /** Files of certificates: nothing in the bundle can add one. */
      anchors: z.array(fileToken).max(20),
      /** Of cards, as they were compared. */
      fingerprints: z.array(line(200)).max(100),
      /** Counts what this office has confirmed itself too: its anchors, and the cards in force. */
      ownTrust: z.boolean(),
      at: instant.nullable(),
    }),
    startedJob,
  ),
  'evidence:show': channel('open', z.strictObject({ id: z.uuid() }), verdict),
  'evidence:save-report': channel('open', z.strictObject({ id: z.uuid(), format: reportFormat, language }), saved),
  'evidence:print-report': channel('open', z.strictObject({ id: z.uuid(), language }), printed),
};
