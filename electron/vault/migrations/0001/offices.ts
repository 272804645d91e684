/** Who may act and how they are reached: offices, cards, persons, keys, trust, channels. */
export const OFFICES_SQL = `
CREATE TABLE offices (
  id         TEXT NOT NULL PRIMARY KEY,
  name       TEXT NOT NULL,
  type       TEXT NOT NULL,
  region     TEXT NOT NULL,
  own        INTEGER NOT NULL DEFAULT 0 CHECK (own IN (0, 1)),
  added_at   TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;

CREATE INDEX offices_by_name ON offices (name, id);
CREATE UNIQUE INDEX offices_one_own ON offices (own) WHERE own = 1;

CREATE TABLE cards (
  m            TEXT NOT NULL PRIMARY KEY CHECK (length(m) = 64),
  office       TEXT NOT NULL REFERENCES offices (id),
  version      INTEGER NOT NULL CHECK (version >= 1),
  status       TEXT NOT NULL CHECK (status IN ('current', 'superseded', 'pending', 'refused')),
  body         TEXT NOT NULL CHECK (json_valid(body)),
  blob         TEXT REFERENCES blobs (id),
  received_at  TEXT NOT NULL,
  confirmed_at TEXT,
  confirmed_by TEXT,
  how          TEXT
) STRICT;

CREATE UNIQUE INDEX cards_one_current ON cards (office) WHERE status = 'current';
CREATE INDEX cards_by_office ON cards (office, version);
CREATE INDEX cards_by_blob ON cards (blob) WHERE blob IS NOT NULL;

CREATE TRIGGER cards_immutable BEFORE UPDATE OF m, office, version, body, received_at ON cards
BEGIN SELECT RAISE(ABORT, 'a card keeps its words'); END;

CREATE TRIGGER cards_kept BEFORE DELETE ON cards
BEGIN SELECT RAISE(ABORT, 'cards are kept'); END;

CREATE TABLE persons (
  office      TEXT NOT NULL REFERENCES offices (id),
  id          TEXT NOT NULL,
  name        TEXT NOT NULL,
  certificate TEXT NOT NULL CHECK (length(certificate) = 64),
  acts        TEXT NOT NULL CHECK (json_valid(acts)),
  not_before  TEXT NOT NULL,
  not_after   TEXT NOT NULL,
  card        TEXT NOT NULL REFERENCES cards (m),
  PRIMARY KEY (office, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX persons_by_certificate ON persons (certificate);
CREATE INDEX persons_by_card ON persons (card);

CREATE TABLE signing_keys (
  certificate_sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(certificate_sha256) = 64),
  person             TEXT NOT NULL,
  certificate        BLOB NOT NULL,
  p12                BLOB NOT NULL,
  added_at           TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE vault_keys (
  certificate_sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(certificate_sha256) = 64),
  kind               TEXT NOT NULL CHECK (kind IN ('encryption', 'receipt')),
  certificate        BLOB NOT NULL,
  key                BLOB NOT NULL,
  status             TEXT NOT NULL CHECK (status IN ('active', 'retired')),
  added_at           TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE UNIQUE INDEX vault_keys_one_active ON vault_keys (kind) WHERE status = 'active';

CREATE TRIGGER vault_keys_immutable BEFORE UPDATE OF certificate_sha256, kind, certificate, key ON vault_keys
BEGIN SELECT RAISE(ABORT, 'keys are immutable'); END;

CREATE TABLE anchors (
  sha256      TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
  certificate BLOB NOT NULL,
  subject     TEXT NOT NULL,
  added_at    TEXT NOT NULL,
  added_by    TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE crls (
  sha256      TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
  issuer      BLOB NOT NULL,
  crl         BLOB NOT NULL,
  this_update TEXT NOT NULL,
  next_update TEXT,
  source      TEXT NOT NULL,
  fetched_at  TEXT NOT NULL
) STRICT;

CREATE INDEX crls_by_issuer ON crls (issuer, this_update);

CREATE TABLE channels (
  id       TEXT NOT NULL PRIMARY KEY,
  kind     TEXT NOT NULL,
  config   TEXT NOT NULL CHECK (json_valid(config)),
  added_at TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE office_channels (
  office  TEXT NOT NULL REFERENCES offices (id),
  channel TEXT NOT NULL REFERENCES channels (id),
  PRIMARY KEY (office, channel)
) STRICT, WITHOUT ROWID;

CREATE INDEX office_channels_by_channel ON office_channels (channel);
`;
