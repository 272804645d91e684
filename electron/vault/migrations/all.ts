import { initialSchema } from './0001-initial-schema.ts';
import { addProofs } from './0002-add-proofs.ts';
import { holdKeysOnTokens } from './0004-hold-keys-on-tokens.ts';
import { scopeAnchors } from './0005-scope-anchors.ts';
import { addMatterClocks } from './0006-add-matter-clocks.ts';
import { addDesk } from './0007-add-desk.ts';
import { addDeskList } from './0008-add-desk-list.ts';
import { watchDeliveries } from './0010-watch-deliveries.ts';
import { addOffers } from './0011-add-offers.ts';
import { addDirectories } from './0012-add-directories.ts';
import { redraftPromises } from './0013-redraft-promises.ts';
import { addReminders } from './0014-add-reminders.ts';
import type { Migration } from './migration.ts';

/** In order of version. */
export const MIGRATIONS: readonly Migration[] = [
  initialSchema,
  addProofs,
  holdKeysOnTokens,
  scopeAnchors,
  addMatterClocks,
  addDesk,
  addDeskList,
  watchDeliveries,
  addOffers,
  addDirectories,
  redraftPromises,
  addReminders,
];
