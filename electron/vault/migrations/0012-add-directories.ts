import type { Migration } from './migration.ts';

/** Directories of bureaus and bar associations that a person here has accepted: every version that was imported, so that none goes back. */
export const addDirectories: Migration = {
  version: 12,
  name: 'add-directories',
  sql: `
CREATE TABLE directories (
  issuer      TEXT NOT NULL REFERENCES offices (id),
  version     INTEGER NOT NULL CHECK (version >= 1),
  m           TEXT NOT NULL UNIQUE CHECK (length(m) = 64),
  body        TEXT NOT NULL CHECK (json_valid(body)),
  imported_at TEXT NOT NULL,
  imported_by TEXT NOT NULL,
  PRIMARY KEY (issuer, version)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER directories_immutable BEFORE UPDATE ON directories
BEGIN SELECT RAISE(ABORT, 'a directory keeps its words'); END;

CREATE TRIGGER directories_kept BEFORE DELETE ON directories
BEGIN SELECT RAISE(ABORT, 'directories are kept'); END;

CREATE TRIGGER directories_forward BEFORE INSERT ON directories
WHEN new.version <= ifnull((SELECT max(version) FROM directories WHERE issuer = new.issuer), 0)
BEGIN SELECT RAISE(ABORT, 'directories never go back'); END;
`,
};
