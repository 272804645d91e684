import type { Migration } from './migration.ts';

/** Revocation data of every scope, OCSP answers, and proofs that a message existed and was valid (protocol.md 4). */
export const addProofs: Migration = {
  version: 2,
  name: 'add-proofs',
  sql: `
ALTER TABLE crls ADD COLUMN scope TEXT NOT NULL DEFAULT '';

DROP INDEX crls_by_issuer;
CREATE INDEX crls_by_issuer ON crls (issuer, scope, this_update);

CREATE TRIGGER crls_immutable BEFORE UPDATE OF sha256, issuer, crl, this_update, next_update ON crls
BEGIN SELECT RAISE(ABORT, 'a list keeps its words'); END;

CREATE TABLE ocsp_answers (
  sha256      TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
  certificate TEXT NOT NULL CHECK (length(certificate) = 64),
  answer      BLOB NOT NULL,
  status      TEXT NOT NULL CHECK (status IN ('good', 'revoked', 'unknown')),
  this_update TEXT NOT NULL,
  next_update TEXT,
  source      TEXT NOT NULL,
  fetched_at  TEXT NOT NULL
) STRICT;

CREATE INDEX ocsp_answers_by_certificate ON ocsp_answers (certificate, this_update);

CREATE TRIGGER ocsp_answers_immutable BEFORE UPDATE ON ocsp_answers
BEGIN SELECT RAISE(ABORT, 'an answer keeps its words'); END;

CREATE TABLE network_asks (
  url      TEXT NOT NULL PRIMARY KEY,
  asked_at TEXT NOT NULL,
  code     TEXT
) STRICT, WITHOUT ROWID;

CREATE TABLE proof_values (
  sha256   TEXT NOT NULL PRIMARY KEY CHECK (length(sha256) = 64),
  kind     TEXT NOT NULL CHECK (kind IN ('certificate', 'crl', 'ocsp')),
  value    BLOB NOT NULL,
  added_at TEXT NOT NULL
) STRICT;

CREATE TRIGGER proof_values_immutable BEFORE UPDATE ON proof_values
BEGIN SELECT RAISE(ABORT, 'proofs are immutable'); END;

CREATE TRIGGER proof_values_kept BEFORE DELETE ON proof_values
BEGIN SELECT RAISE(ABORT, 'proofs are kept'); END;

CREATE TABLE proofs (
  id         INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  subject    TEXT NOT NULL CHECK (length(subject) = 64),
  kind       TEXT NOT NULL CHECK (kind IN ('signature', 'archive', 'audit')),
  token      BLOB NOT NULL,
  manifest   BLOB,
  parts      TEXT CHECK (parts IS NULL OR json_valid(parts)),
  gen_time   TEXT NOT NULL,
  expires_at TEXT NOT NULL,
  source     TEXT NOT NULL,
  added_at   TEXT NOT NULL,
  CHECK ((kind = 'archive') = (manifest IS NOT NULL AND parts IS NOT NULL))
) STRICT;

CREATE INDEX proofs_by_subject ON proofs (subject, kind, expires_at);
CREATE INDEX proofs_by_kind ON proofs (kind, gen_time);

CREATE TRIGGER proofs_immutable BEFORE UPDATE ON proofs
BEGIN SELECT RAISE(ABORT, 'proofs are immutable'); END;

CREATE TRIGGER proofs_kept BEFORE DELETE ON proofs
BEGIN SELECT RAISE(ABORT, 'proofs are kept'); END;

CREATE TABLE proof_uses (
  subject TEXT NOT NULL CHECK (length(subject) = 64),
  value   TEXT NOT NULL REFERENCES proof_values (sha256),
  PRIMARY KEY (subject, value)
) STRICT, WITHOUT ROWID;

CREATE INDEX proof_uses_by_value ON proof_uses (value);
`,
};
