import type { Migration } from './migration.ts';

/**
 * What became of every try to put a package into a mailbox, which offices have not answered for a message yet, and the signed records of non-delivery.
 * A receipt that comes ends the watch and heals the record in its own transaction: a colour never rests on anything but evidence.
 */
export const watchDeliveries: Migration = {
  version: 10,
  name: 'watch-deliveries',
  sql: `
ALTER TABLE office_channels ADD COLUMN priority INTEGER NOT NULL DEFAULT 0;

CREATE TABLE attempts (
  id      INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  m       TEXT NOT NULL CHECK (length(m) = 64),
  address TEXT NOT NULL,
  office  TEXT NOT NULL,
  vault   TEXT NOT NULL,
  channel TEXT,
  kind    TEXT,
  at      TEXT NOT NULL,
  code    TEXT,
  CHECK ((channel IS NULL) = (kind IS NULL)),
  CHECK (channel IS NOT NULL OR code IS NOT NULL)
) STRICT;

CREATE INDEX attempts_by_message ON attempts (m, office, id);

CREATE TRIGGER attempts_immutable BEFORE UPDATE ON attempts
BEGIN SELECT RAISE(ABORT, 'attempts are immutable'); END;

CREATE TRIGGER attempts_kept BEFORE DELETE ON attempts
BEGIN SELECT RAISE(ABORT, 'attempts are kept'); END;

CREATE TABLE watches (
  m       TEXT NOT NULL,
  office  TEXT NOT NULL,
  since   TEXT NOT NULL,
  stage   TEXT NOT NULL CHECK (stage IN ('waiting', 'overdue', 'recorded')),
  next_at TEXT NOT NULL,
  PRIMARY KEY (m, office)
) STRICT, WITHOUT ROWID;

CREATE INDEX watches_due ON watches (next_at) WHERE stage <> 'recorded';

CREATE TABLE non_deliveries (
  m             TEXT NOT NULL PRIMARY KEY CHECK (length(m) = 64),
  message       TEXT NOT NULL CHECK (length(message) = 64),
  office        TEXT NOT NULL,
  recorded_at   TEXT NOT NULL,
  body          TEXT NOT NULL CHECK (json_valid(body)),
  blob          TEXT REFERENCES blobs (id),
  superseded_by TEXT,
  superseded_at TEXT,
  CHECK ((superseded_by IS NULL) = (superseded_at IS NULL))
) STRICT;

CREATE INDEX non_deliveries_by_message ON non_deliveries (message, office);
CREATE INDEX non_deliveries_by_blob ON non_deliveries (blob) WHERE blob IS NOT NULL;

CREATE TRIGGER non_deliveries_immutable BEFORE UPDATE OF m, message, office, recorded_at, body ON non_deliveries
BEGIN SELECT RAISE(ABORT, 'a record keeps its words'); END;

CREATE TRIGGER non_deliveries_healed_once BEFORE UPDATE OF superseded_by ON non_deliveries WHEN old.superseded_by IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a record is superseded once'); END;

CREATE TRIGGER non_deliveries_kept BEFORE DELETE ON non_deliveries
BEGIN SELECT RAISE(ABORT, 'records are kept'); END;

CREATE TRIGGER watch_copy AFTER INSERT ON outbox
WHEN new.office <> ifnull((SELECT id FROM offices WHERE own = 1), '')
  AND EXISTS (SELECT 1 FROM messages x WHERE x.m = new.m AND x.direction = 'out' AND x.kind IN ('act', 'enclosure'))
  AND NOT EXISTS (SELECT 1 FROM receipts r WHERE r.message = new.m AND r.office = new.office AND r.kind IN ('delivered', 'refused'))
BEGIN
  INSERT INTO watches (m, office, since, stage, next_at) VALUES (new.m, new.office, new.created_at, 'waiting', '') ON CONFLICT DO NOTHING;
END;

CREATE TRIGGER watch_answered AFTER INSERT ON receipts WHEN new.kind IN ('delivered', 'refused')
BEGIN
  DELETE FROM watches WHERE m = new.message AND office = new.office;
  UPDATE non_deliveries SET superseded_by = new.m, superseded_at = new.stored_at
    WHERE message = new.message AND office = new.office AND superseded_by IS NULL;
  UPDATE alarms SET acknowledged_at = new.stored_at, acknowledged_by = 'vault'
    WHERE acknowledged_at IS NULL AND m = new.message AND code IN ('DELIVERY_OVERDUE', 'NOT_DELIVERED')
      AND json_extract(detail, '$.office') = new.office;
END;

CREATE INDEX alarms_of_message ON alarms (m) WHERE acknowledged_at IS NULL AND m IS NOT NULL;

CREATE TRIGGER desk_stale_record AFTER INSERT ON non_deliveries
BEGIN INSERT INTO desk_stale (matter) SELECT x.id FROM messages m JOIN matters x ON x.id = m.matter WHERE m.m = new.message ON CONFLICT DO NOTHING; END;

CREATE TRIGGER desk_stale_record_healed AFTER UPDATE OF superseded_by ON non_deliveries
BEGIN INSERT INTO desk_stale (matter) SELECT x.id FROM messages m JOIN matters x ON x.id = m.matter WHERE m.m = new.message ON CONFLICT DO NOTHING; END;

INSERT INTO watches (m, office, since, stage, next_at)
SELECT o.m, o.office, min(o.created_at), 'waiting', '' FROM outbox o JOIN messages x ON x.m = o.m
WHERE x.direction = 'out' AND x.kind IN ('act', 'enclosure') AND o.state IN ('queued', 'posted', 'frozen')
  AND o.office <> ifnull((SELECT id FROM offices WHERE own = 1), '')
  AND NOT EXISTS (SELECT 1 FROM receipts r WHERE r.message = o.m AND r.office = o.office AND r.kind IN ('delivered', 'refused'))
GROUP BY o.m, o.office;
`,
};
