import type { Migration } from './migration.ts';

/**
 * What a person at this desk has under way, none of it signed: drafts with their documents, the signature folder, read marks, notes, saved views, who
 * sees to what.
 */
export const addDesk: Migration = {
  version: 7,
  name: 'add-desk',
  sql: `
CREATE TABLE drafts (
  id             TEXT NOT NULL PRIMARY KEY,
  revision       INTEGER NOT NULL CHECK (revision >= 1),
  type           TEXT NOT NULL,
  subtype        TEXT NOT NULL,
  matter         TEXT REFERENCES matters (id),
  act            TEXT NOT NULL,
  form           TEXT NOT NULL CHECK (json_valid(form)),
  recipients     TEXT NOT NULL CHECK (json_valid(recipients)),
  state          TEXT NOT NULL CHECK (state IN ('draft', 'folder', 'sending')),
  created_by     TEXT,
  created_at     TEXT NOT NULL,
  updated_at     TEXT NOT NULL,
  handed_over_at TEXT
) STRICT;

CREATE INDEX drafts_by_matter ON drafts (matter) WHERE matter IS NOT NULL;
CREATE INDEX drafts_by_update ON drafts (updated_at, id);

CREATE TABLE staged_documents (
  id         TEXT NOT NULL PRIMARY KEY,
  draft      TEXT NOT NULL REFERENCES drafts (id),
  place      INTEGER NOT NULL,
  kind       TEXT NOT NULL,
  name       TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size       INTEGER NOT NULL CHECK (size >= 0),
  sha256     TEXT,
  blob       TEXT REFERENCES blobs (id),
  audience   TEXT CHECK (audience IS NULL OR json_valid(audience)),
  code       TEXT,
  UNIQUE (draft, place),
  CHECK ((sha256 IS NULL) = (blob IS NULL))
) STRICT;

CREATE INDEX staged_by_blob ON staged_documents (blob) WHERE blob IS NOT NULL;

CREATE TABLE read_marks (
  draft  TEXT NOT NULL REFERENCES drafts (id),
  person TEXT NOT NULL,
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  at     TEXT NOT NULL,
  PRIMARY KEY (draft, person)
) STRICT, WITHOUT ROWID;

CREATE TABLE notes (
  id        INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  matter    TEXT NOT NULL REFERENCES matters (id),
  text      TEXT NOT NULL,
  by        TEXT NOT NULL,
  at        TEXT NOT NULL,
  edited_at TEXT
) STRICT;

CREATE INDEX notes_by_matter ON notes (matter, id);

CREATE TABLE views (
  id     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  name   TEXT NOT NULL,
  filter TEXT NOT NULL CHECK (json_valid(filter)),
  sort   TEXT NOT NULL CHECK (json_valid(sort))
) STRICT;

CREATE TABLE assignments (
  matter TEXT NOT NULL PRIMARY KEY REFERENCES matters (id),
  person TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX assignments_by_person ON assignments (person, matter);
`,
};
