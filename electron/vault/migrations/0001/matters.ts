/** Matters, the messages in them, their receipts and their order (protocol.md 2 and 3). */
export const MATTERS_SQL = `
CREATE TABLE matters (
  id          TEXT NOT NULL PRIMARY KEY,
  type        TEXT NOT NULL,
  title       TEXT NOT NULL,
  opener      TEXT NOT NULL,
  lead        TEXT NOT NULL,
  state       TEXT NOT NULL,
  counted_pos INTEGER NOT NULL DEFAULT 0 CHECK (counted_pos >= 0),
  opened_at   TEXT NOT NULL,
  updated_at  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX matters_by_update ON matters (updated_at, id);
CREATE INDEX matters_by_state ON matters (state, updated_at, id);

CREATE TRIGGER matters_immutable BEFORE UPDATE OF id, type, opener, opened_at ON matters
BEGIN SELECT RAISE(ABORT, 'a matter keeps its opening'); END;

CREATE TABLE participants (
  matter TEXT NOT NULL REFERENCES matters (id),
  office TEXT NOT NULL,
  PRIMARY KEY (matter, office)
) STRICT, WITHOUT ROWID;

CREATE INDEX participants_by_office ON participants (office, matter);

CREATE TABLE messages (
  serial             INTEGER NOT NULL PRIMARY KEY,
  m                  TEXT NOT NULL UNIQUE CHECK (length(m) = 64),
  id                 TEXT NOT NULL,
  kind               TEXT NOT NULL CHECK (kind IN ('act', 'enclosure', 'receipt', 'sync-request', 'card')),
  matter             TEXT,
  type               TEXT,
  act                TEXT,
  author_office      TEXT,
  author_vault       TEXT,
  author_epoch       INTEGER NOT NULL,
  seq                INTEGER,
  prev               TEXT,
  sender_office      TEXT,
  sender_person      TEXT,
  sender_certificate TEXT NOT NULL,
  created_at         TEXT NOT NULL,
  signature_digest   TEXT NOT NULL CHECK (length(signature_digest) = 64),
  body               TEXT NOT NULL CHECK (json_valid(body)),
  blob               TEXT REFERENCES blobs (id),
  direction          TEXT NOT NULL CHECK (direction IN ('in', 'out')),
  first_received_at  TEXT NOT NULL,
  status             TEXT NOT NULL CHECK (status IN ('accepted', 'refused', 'held')),
  code               TEXT,
  counted            INTEGER NOT NULL DEFAULT 0 CHECK (counted IN (0, 1)),
  void_code          TEXT
) STRICT;

CREATE UNIQUE INDEX messages_one_id ON messages (author_office, id)
  WHERE status = 'accepted' AND kind IN ('act', 'enclosure');
CREATE UNIQUE INDEX messages_one_seq ON messages (author_office, author_vault, author_epoch, matter, seq)
  WHERE status = 'accepted' AND seq IS NOT NULL;
CREATE INDEX messages_by_id ON messages (id);
CREATE INDEX messages_by_author ON messages (author_office, author_vault, author_epoch, matter, seq);
CREATE INDEX messages_by_prev ON messages (prev) WHERE prev IS NOT NULL;
CREATE INDEX messages_by_matter ON messages (matter, serial);
CREATE INDEX messages_waiting ON messages (matter, serial) WHERE status = 'held';
CREATE INDEX messages_by_blob ON messages (blob) WHERE blob IS NOT NULL;

CREATE TRIGGER messages_immutable BEFORE UPDATE OF serial, m, id, kind, matter, type, act, author_office, author_vault,
  author_epoch, seq, prev, sender_office, sender_person, sender_certificate, created_at, signature_digest, body, direction,
  first_received_at ON messages
BEGIN SELECT RAISE(ABORT, 'a message keeps its words'); END;

CREATE TRIGGER messages_one_blob BEFORE UPDATE OF blob ON messages WHEN old.blob IS NOT NULL AND new.blob IS NOT NULL AND old.blob <> new.blob
BEGIN SELECT RAISE(ABORT, 'a message keeps its container'); END;

CREATE TRIGGER messages_final BEFORE UPDATE OF status ON messages WHEN old.status = 'accepted' AND new.status <> 'accepted'
BEGIN SELECT RAISE(ABORT, 'an accepted message stays accepted'); END;

CREATE TRIGGER messages_kept BEFORE DELETE ON messages
BEGIN SELECT RAISE(ABORT, 'messages are kept'); END;

CREATE TABLE parents (
  m      TEXT NOT NULL REFERENCES messages (m),
  parent TEXT NOT NULL,
  PRIMARY KEY (m, parent)
) STRICT, WITHOUT ROWID;

CREATE INDEX parents_by_parent ON parents (parent);

CREATE TABLE enclosures (
  m         TEXT NOT NULL REFERENCES messages (m),
  enclosure TEXT NOT NULL,
  office    TEXT NOT NULL,
  PRIMARY KEY (m, enclosure, office)
) STRICT, WITHOUT ROWID;

CREATE INDEX enclosures_by_enclosure ON enclosures (enclosure);

CREATE TABLE documents (
  m          TEXT NOT NULL REFERENCES messages (m),
  idx        INTEGER NOT NULL CHECK (idx >= 0),
  name       TEXT NOT NULL,
  kind       TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size       INTEGER NOT NULL,
  sha256     TEXT NOT NULL,
  PRIMARY KEY (m, idx)
) STRICT, WITHOUT ROWID;

CREATE INDEX documents_by_digest ON documents (sha256);

CREATE TRIGGER documents_immutable BEFORE UPDATE ON documents
BEGIN SELECT RAISE(ABORT, 'a message keeps its documents'); END;

CREATE TABLE receipts (
  m           TEXT NOT NULL PRIMARY KEY CHECK (length(m) = 64),
  kind        TEXT NOT NULL CHECK (kind IN ('delivered', 'opened', 'refused')),
  office      TEXT NOT NULL,
  vault       TEXT NOT NULL,
  message     TEXT NOT NULL,
  pos         INTEGER CHECK (pos >= 1),
  pos_prev    TEXT,
  received_at TEXT NOT NULL,
  code        TEXT,
  supersedes  TEXT,
  current     INTEGER NOT NULL CHECK (current IN (0, 1)),
  flags       TEXT NOT NULL CHECK (json_valid(flags)),
  body        TEXT NOT NULL CHECK (json_valid(body)),
  blob        TEXT REFERENCES blobs (id),
  direction   TEXT NOT NULL CHECK (direction IN ('in', 'out')),
  stored_at   TEXT NOT NULL
) STRICT;

CREATE UNIQUE INDEX receipts_one_current ON receipts (vault, kind, message) WHERE current = 1;
CREATE INDEX receipts_by_message ON receipts (message, kind);
CREATE INDEX receipts_by_blob ON receipts (blob) WHERE blob IS NOT NULL;

CREATE TRIGGER receipts_immutable BEFORE UPDATE OF m, kind, office, vault, message, pos, pos_prev, received_at, code, supersedes,
  body, direction, stored_at ON receipts
BEGIN SELECT RAISE(ABORT, 'a receipt keeps its words'); END;

CREATE TRIGGER receipts_kept BEFORE DELETE ON receipts
BEGIN SELECT RAISE(ABORT, 'receipts are kept'); END;

CREATE TABLE positions (
  matter  TEXT NOT NULL,
  pos     INTEGER NOT NULL CHECK (pos >= 1),
  message TEXT NOT NULL,
  receipt TEXT NOT NULL REFERENCES receipts (m),
  PRIMARY KEY (matter, pos)
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX positions_one_per_message ON positions (matter, message);
CREATE INDEX positions_by_message ON positions (message);
CREATE INDEX positions_by_receipt ON positions (receipt);

CREATE TRIGGER positions_immutable BEFORE UPDATE OF matter, pos, message ON positions
BEGIN SELECT RAISE(ABORT, 'a position keeps its message'); END;
`;
