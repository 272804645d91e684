import type { Migration } from './migration.ts';

/** A key lies in the vault or on a token, which is named by its serial number and the key's CKA_ID: modules and slots change, these do not. */
export const holdKeysOnTokens: Migration = {
  version: 4,
  name: 'hold-keys-on-tokens',
  sql: `
CREATE TABLE signing_keys_4 (
  certificate_sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(certificate_sha256) = 64),
  person             TEXT NOT NULL,
  certificate        BLOB NOT NULL,
  p12                BLOB,
  token_serial       TEXT,
  token_label        TEXT,
  token_key          TEXT,
  added_at           TEXT NOT NULL,
  CHECK ((p12 IS NULL) = (token_serial IS NOT NULL)),
  CHECK ((token_serial IS NULL) = (token_key IS NULL)),
  CHECK ((token_serial IS NULL) = (token_label IS NULL))
) STRICT, WITHOUT ROWID;

INSERT INTO signing_keys_4 (certificate_sha256, person, certificate, p12, added_at)
  SELECT certificate_sha256, person, certificate, p12, added_at FROM signing_keys;
DROP TABLE signing_keys;
ALTER TABLE signing_keys_4 RENAME TO signing_keys;

CREATE TABLE vault_keys_4 (
  certificate_sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(certificate_sha256) = 64),
  kind               TEXT NOT NULL CHECK (kind IN ('encryption', 'receipt')),
  certificate        BLOB NOT NULL,
  key                BLOB,
  token_serial       TEXT,
  token_label        TEXT,
  token_key          TEXT,
  status             TEXT NOT NULL CHECK (status IN ('active', 'retired')),
  added_at           TEXT NOT NULL,
  CHECK ((key IS NULL) = (token_serial IS NOT NULL)),
  CHECK ((token_serial IS NULL) = (token_key IS NULL)),
  CHECK ((token_serial IS NULL) = (token_label IS NULL)),
  CHECK (kind = 'encryption' OR key IS NOT NULL)
) STRICT, WITHOUT ROWID;

INSERT INTO vault_keys_4 (certificate_sha256, kind, certificate, key, status, added_at)
  SELECT certificate_sha256, kind, certificate, key, status, added_at FROM vault_keys;
DROP TABLE vault_keys;
ALTER TABLE vault_keys_4 RENAME TO vault_keys;

CREATE UNIQUE INDEX vault_keys_one_active ON vault_keys (kind) WHERE status = 'active';

CREATE TRIGGER vault_keys_immutable BEFORE UPDATE OF certificate_sha256, kind, certificate, key, token_serial, token_label,
  token_key ON vault_keys
BEGIN SELECT RAISE(ABORT, 'keys are immutable'); END;
`,
};
