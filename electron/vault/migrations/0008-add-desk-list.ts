import type { Migration } from './migration.ts';

/**
 * One row for each matter with everything that lists sort and filter by, derived from the matter, its messages and its receipts, so that a page of 100,000
 * costs one walk along an index. Triggers say whose row is out of date; the row itself is computed by the live procedures, never here.
 */
export const addDeskList: Migration = {
  version: 8,
  name: 'add-desk-list',
  sql: `
CREATE TABLE desk (
  matter             TEXT NOT NULL PRIMARY KEY REFERENCES matters (id),
  type               TEXT NOT NULL,
  subtype            TEXT NOT NULL,
  title              TEXT NOT NULL,
  state              TEXT NOT NULL,
  final              INTEGER NOT NULL CHECK (final IN (0, 1)),
  turn               TEXT NOT NULL CHECK (turn IN ('ours', 'theirs', 'none')),
  counterpart        TEXT NOT NULL,
  counterpart_region TEXT NOT NULL,
  due                TEXT NOT NULL,
  clock              TEXT CHECK (clock IS NULL OR json_valid(clock)),
  act                TEXT,
  colour             TEXT,
  last_m             TEXT,
  unopened           INTEGER NOT NULL,
  opened_at          TEXT NOT NULL,
  updated_at         TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX desk_by_update ON desk (updated_at, matter);
CREATE INDEX desk_by_opening ON desk (opened_at, matter);
CREATE INDEX desk_by_title ON desk (title, matter);
CREATE INDEX desk_by_due ON desk (final, due, matter);
CREATE INDEX desk_by_state ON desk (type, state, updated_at, matter);
CREATE INDEX desk_by_turn ON desk (turn, final, updated_at, matter);
CREATE INDEX desk_by_province ON desk (substr(counterpart_region, 1, 2), updated_at, matter);
CREATE INDEX desk_by_counterpart ON desk (counterpart, updated_at, matter);
CREATE INDEX desk_by_colour ON desk (colour, updated_at, matter) WHERE colour = 'red';
CREATE INDEX desk_unopened ON desk (updated_at, matter) WHERE unopened > 0;

CREATE TABLE desk_sums (
  type     TEXT NOT NULL,
  state    TEXT NOT NULL,
  turn     TEXT NOT NULL,
  final    INTEGER NOT NULL,
  province TEXT NOT NULL,
  refused  INTEGER NOT NULL,
  total    INTEGER NOT NULL,
  unopened INTEGER NOT NULL,
  matters_unopened INTEGER NOT NULL,
  PRIMARY KEY (type, state, turn, final, province, refused)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER desk_sums_in AFTER INSERT ON desk
BEGIN INSERT INTO desk_sums VALUES (new.type, new.state, new.turn, new.final, substr(new.counterpart_region, 1, 2), new.colour IS 'red', 1, new.unopened, new.unopened > 0)
  ON CONFLICT DO UPDATE SET total = total + 1, unopened = unopened + excluded.unopened, matters_unopened = matters_unopened + excluded.matters_unopened; END;

CREATE TRIGGER desk_sums_out AFTER DELETE ON desk
BEGIN UPDATE desk_sums SET total = total - 1, unopened = unopened - old.unopened, matters_unopened = matters_unopened - (old.unopened > 0)
  WHERE type = old.type AND state = old.state AND turn = old.turn AND final = old.final AND province = substr(old.counterpart_region, 1, 2)
    AND refused = (old.colour IS 'red'); END;

CREATE TABLE desk_volume (
  month    TEXT NOT NULL PRIMARY KEY,
  sent     INTEGER NOT NULL,
  received INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO desk_volume (month, sent, received)
  SELECT substr(first_received_at, 1, 7), sum(direction = 'out'), sum(direction = 'in') FROM messages WHERE kind = 'act' GROUP BY 1;

CREATE TRIGGER desk_volume_grows AFTER INSERT ON messages WHEN new.kind = 'act'
BEGIN INSERT INTO desk_volume VALUES (substr(new.first_received_at, 1, 7), new.direction = 'out', new.direction = 'in')
  ON CONFLICT DO UPDATE SET sent = sent + excluded.sent, received = received + excluded.received; END;

CREATE TABLE desk_stale (
  matter TEXT NOT NULL PRIMARY KEY REFERENCES matters (id)
) STRICT, WITHOUT ROWID;

CREATE TABLE desk_ends (
  matter TEXT NOT NULL REFERENCES matters (id),
  clock  TEXT NOT NULL,
  turn   INTEGER NOT NULL,
  month  TEXT NOT NULL,
  met    INTEGER NOT NULL CHECK (met IN (0, 1)),
  PRIMARY KEY (matter, clock, turn)
) STRICT, WITHOUT ROWID;

CREATE INDEX desk_ends_by_month ON desk_ends (month, met);

CREATE INDEX audit_by_actor ON audit (actor, seq);
CREATE INDEX audit_by_action ON audit (action, seq);
CREATE INDEX messages_in ON messages (serial) WHERE direction = 'in' AND kind IN ('act', 'enclosure');

INSERT INTO desk_stale (matter) SELECT id FROM matters;

CREATE TRIGGER desk_stale_matter AFTER INSERT ON matters
BEGIN INSERT INTO desk_stale (matter) VALUES (new.id) ON CONFLICT DO NOTHING; END;

CREATE TRIGGER desk_stale_matter_changed AFTER UPDATE ON matters
BEGIN INSERT INTO desk_stale (matter) VALUES (new.id) ON CONFLICT DO NOTHING; END;

CREATE TRIGGER desk_stale_message AFTER INSERT ON messages WHEN new.matter IS NOT NULL
BEGIN INSERT INTO desk_stale (matter) SELECT id FROM matters WHERE id = new.matter ON CONFLICT DO NOTHING; END;

CREATE TRIGGER desk_stale_message_changed AFTER UPDATE OF status, counted, void_code ON messages WHEN new.matter IS NOT NULL
BEGIN INSERT INTO desk_stale (matter) SELECT id FROM matters WHERE id = new.matter ON CONFLICT DO NOTHING; END;

CREATE TRIGGER desk_stale_receipt AFTER INSERT ON receipts
BEGIN INSERT INTO desk_stale (matter) SELECT x.id FROM messages m JOIN matters x ON x.id = m.matter WHERE m.m = new.message ON CONFLICT DO NOTHING; END;

CREATE TRIGGER desk_stale_position AFTER INSERT ON positions
BEGIN INSERT INTO desk_stale (matter) SELECT id FROM matters WHERE id = new.matter ON CONFLICT DO NOTHING; END;

CREATE TRIGGER desk_stale_copy AFTER UPDATE OF state ON outbox
BEGIN INSERT INTO desk_stale (matter) SELECT x.id FROM messages m JOIN matters x ON x.id = m.matter WHERE m.m = new.m ON CONFLICT DO NOTHING; END;
`,
};
