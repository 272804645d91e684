/** What is on its way out or in, and what was turned away. */
export const DELIVERY_SQL = `
CREATE TABLE duties (
  id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  kind       TEXT NOT NULL,
  payload    TEXT NOT NULL CHECK (json_valid(payload)),
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE packages (
  digest     TEXT NOT NULL PRIMARY KEY CHECK (length(digest) = 64),
  size       INTEGER NOT NULL,
  m          TEXT NOT NULL,
  file       TEXT NOT NULL UNIQUE,
  created_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX packages_by_m ON packages (m);

CREATE TABLE outbox (
  id           INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  m            TEXT NOT NULL,
  address      TEXT NOT NULL,
  office       TEXT NOT NULL,
  vault        TEXT NOT NULL,
  channel      TEXT,
  mailbox_name TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('queued', 'posted', 'frozen', 'cancelled')),
  attempts     INTEGER NOT NULL DEFAULT 0,
  next_at      TEXT NOT NULL,
  last_error   TEXT,
  created_at   TEXT NOT NULL,
  posted_at    TEXT,
  UNIQUE (m, address)
) STRICT;

CREATE INDEX outbox_due ON outbox (next_at, id) WHERE state = 'queued';
CREATE INDEX outbox_frozen ON outbox (id) WHERE state = 'frozen';

CREATE TRIGGER outbox_immutable BEFORE UPDATE OF id, m, address, office, vault, mailbox_name ON outbox
BEGIN SELECT RAISE(ABORT, 'an outbox item keeps its destination'); END;

CREATE TRIGGER outbox_posted BEFORE UPDATE OF state ON outbox WHEN old.state = 'posted' AND new.state <> 'posted'
BEGIN SELECT RAISE(ABORT, 'what was posted stays posted'); END;

CREATE TABLE inbox (
  channel      TEXT NOT NULL,
  address      TEXT NOT NULL,
  mailbox_name TEXT NOT NULL,
  state        TEXT NOT NULL CHECK (state IN ('claimed', 'downloaded', 'done')),
  file         TEXT,
  digest       TEXT,
  size         INTEGER,
  outcome      TEXT,
  m            TEXT,
  updated_at   TEXT NOT NULL,
  PRIMARY KEY (channel, address, mailbox_name)
) STRICT, WITHOUT ROWID;

CREATE INDEX inbox_open ON inbox (state, updated_at) WHERE state <> 'done';
CREATE INDEX inbox_by_digest ON inbox (digest) WHERE digest IS NOT NULL;

CREATE TABLE rejected (
  id              INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  digest          TEXT NOT NULL CHECK (length(digest) = 64),
  size            INTEGER NOT NULL,
  code            TEXT NOT NULL,
  detail          TEXT NOT NULL CHECK (json_valid(detail)),
  address         TEXT NOT NULL,
  received_at     TEXT NOT NULL,
  quarantine_file TEXT UNIQUE,
  purge_at        TEXT
) STRICT;

CREATE INDEX rejected_by_digest ON rejected (digest);
CREATE INDEX rejected_quarantined ON rejected (purge_at, address) WHERE quarantine_file IS NOT NULL;

CREATE TRIGGER rejected_immutable BEFORE UPDATE OF id, digest, size, code, detail, address, received_at ON rejected
BEGIN SELECT RAISE(ABORT, 'the reason of a rejection is kept'); END;

CREATE TRIGGER rejected_kept BEFORE DELETE ON rejected
BEGIN SELECT RAISE(ABORT, 'rejections are kept'); END;
`;
