import type { Migration } from './migration.ts';

/** What an anchor may vouch for, how long, and who compared its fingerprint: without that it counts for nothing. Those trusted before keep counting for all. */
export const scopeAnchors: Migration = {
  version: 5,
  name: 'scope-anchors',
  sql: `
ALTER TABLE anchors ADD COLUMN sign INTEGER NOT NULL DEFAULT 1 CHECK (sign IN (0, 1));
ALTER TABLE anchors ADD COLUMN timestamp INTEGER NOT NULL DEFAULT 1 CHECK (timestamp IN (0, 1));
ALTER TABLE anchors ADD COLUMN tls INTEGER NOT NULL DEFAULT 0 CHECK (tls IN (0, 1));
ALTER TABLE anchors ADD COLUMN valid_from TEXT;
ALTER TABLE anchors ADD COLUMN valid_until TEXT;
ALTER TABLE anchors ADD COLUMN confirmed_at TEXT;
ALTER TABLE anchors ADD COLUMN confirmed_by TEXT;

UPDATE anchors SET confirmed_at = added_at, confirmed_by = added_by;

CREATE TRIGGER anchors_immutable BEFORE UPDATE OF sha256, certificate, subject, added_at, added_by ON anchors
BEGIN SELECT RAISE(ABORT, 'an anchor keeps its certificate'); END;
`,
};
