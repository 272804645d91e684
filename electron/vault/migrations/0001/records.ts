/** What the vault knows of itself: settings, blobs, the audit chain, alarms. */
export const RECORDS_SQL = `
CREATE TABLE meta (
  key   TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE blobs (
  id          TEXT NOT NULL PRIMARY KEY CHECK (length(id) = 64),
  size        INTEGER NOT NULL CHECK (size >= 0),
  wrapped_key BLOB NOT NULL,
  created_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TRIGGER blobs_immutable BEFORE UPDATE ON blobs
BEGIN SELECT RAISE(ABORT, 'blobs are immutable'); END;

CREATE TABLE audit (
  seq       INTEGER NOT NULL PRIMARY KEY,
  at        TEXT NOT NULL,
  actor     TEXT NOT NULL,
  action    TEXT NOT NULL,
  subject   TEXT,
  detail    TEXT NOT NULL CHECK (json_valid(detail)),
  prev_hash TEXT NOT NULL CHECK (length(prev_hash) = 64),
  hash      TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;

CREATE INDEX audit_by_subject ON audit (subject, seq) WHERE subject IS NOT NULL;

CREATE TRIGGER audit_chained BEFORE INSERT ON audit
WHEN new.seq <> (SELECT ifnull(max(seq), 0) + 1 FROM audit)
  OR new.prev_hash <> ifnull((SELECT hash FROM audit WHERE seq = new.seq - 1), printf('%064d', 0))
BEGIN SELECT RAISE(ABORT, 'audit rows follow one another'); END;

CREATE TRIGGER audit_immutable BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'audit rows are immutable'); END;

CREATE TRIGGER audit_kept BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'audit rows are kept'); END;

CREATE TABLE alarms (
  id              INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  at              TEXT NOT NULL,
  code            TEXT NOT NULL,
  matter          TEXT,
  m               TEXT,
  detail          TEXT NOT NULL CHECK (json_valid(detail)),
  acknowledged_at TEXT,
  acknowledged_by TEXT
) STRICT;

CREATE INDEX alarms_open ON alarms (id) WHERE acknowledged_at IS NULL;

CREATE TRIGGER alarms_immutable BEFORE UPDATE OF id, at, code, matter, m, detail ON alarms
BEGIN SELECT RAISE(ABORT, 'alarms are immutable'); END;

CREATE TRIGGER alarms_kept BEFORE DELETE ON alarms
BEGIN SELECT RAISE(ABORT, 'alarms are kept'); END;
`;
