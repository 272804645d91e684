import type { Migration } from './migration.ts';

/**
 * A receipt or record of ours that was promised and never sealed has proved nothing to anybody: where its recipient's certificate ends first, another one takes
 * its place, for the new certificate. What was sealed stays for ever, as before.
 */
export const redraftPromises: Migration = {
  version: 13,
  name: 'redraft-promises',
  sql: `
DROP TRIGGER receipts_kept;
CREATE TRIGGER receipts_kept BEFORE DELETE ON receipts WHEN old.blob IS NOT NULL OR old.direction <> 'out'
BEGIN SELECT RAISE(ABORT, 'receipts are kept'); END;

DROP TRIGGER non_deliveries_kept;
CREATE TRIGGER non_deliveries_kept BEFORE DELETE ON non_deliveries WHEN old.blob IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'records are kept'); END;
`,
};
