import { hash } from 'node:crypto';
import type { M } from '../../../shared/model/brand.ts';
import { ENTRY } from '../../packages/asic/entry-names.ts';
import { buildManifest } from '../../packages/asic/manifest.ts';
import { completeMessage, type MessageDraft, messageBytes } from '../../packages/container-plan.ts';

/**
 * M of a message without documents, before it is sealed: its manifest names message.json and nothing else. So a receipt has its name in the very
 * transaction that owes it, and sealing it again after a crash makes the same message.
 */
export function nameMessage(draft: MessageDraft): M {
  const text = messageBytes(completeMessage(draft, []));
  return hash('sha256', buildManifest([{ name: ENTRY.message, sha256: hash('sha256', text, 'buffer') }])) as M;
}
