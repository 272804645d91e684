import type { Migration } from './migration.ts';

/** What counterparts have announced before they post something large: nothing else of that size is fetched. */
export const addOffers: Migration = {
  version: 11,
  name: 'add-offers',
  sql: `
CREATE TABLE offers (
  m           TEXT NOT NULL PRIMARY KEY CHECK (length(m) = 64),
  office      TEXT NOT NULL,
  message     TEXT NOT NULL CHECK (length(message) = 64),
  size        INTEGER NOT NULL CHECK (size > 0),
  digest      TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
  received_at TEXT NOT NULL,
  used_at     TEXT
) STRICT, WITHOUT ROWID;

CREATE INDEX offers_waiting ON offers (size) WHERE used_at IS NULL;
CREATE INDEX offers_by_office ON offers (office, received_at) WHERE used_at IS NULL;

CREATE TRIGGER offers_immutable BEFORE UPDATE OF m, office, message, size, digest, received_at ON offers
BEGIN SELECT RAISE(ABORT, 'an offer keeps its words'); END;
`,
};
