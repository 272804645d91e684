import type { Migration } from './migration.ts';

/** What is computed of a matter and asked for by SQL: its procedure, what is pending beside its state, and its clocks. All of it can be computed again. */
export const addMatterClocks: Migration = {
  version: 6,
  name: 'add-matter-clocks',
  sql: `
ALTER TABLE matters ADD COLUMN procedure TEXT;
ALTER TABLE matters ADD COLUMN sides TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(sides));

CREATE INDEX matters_uncounted ON matters (id) WHERE procedure IS NULL AND counted_pos > 0;

CREATE TABLE matter_clocks (
  matter      TEXT NOT NULL REFERENCES matters (id),
  clock       TEXT NOT NULL,
  turn        INTEGER NOT NULL CHECK (turn >= 1),
  who         TEXT NOT NULL,
  rule        TEXT,
  state       TEXT NOT NULL CHECK (state IN ('running', 'paused', 'met', 'stopped', 'lapsed', 'unknown')),
  due         TEXT,
  provisional INTEGER NOT NULL CHECK (provisional IN (0, 1)),
  body        TEXT NOT NULL CHECK (json_valid(body)),
  PRIMARY KEY (matter, clock, turn)
) STRICT, WITHOUT ROWID;

CREATE INDEX matter_clocks_running ON matter_clocks (due, matter) WHERE state = 'running';
CREATE INDEX matter_clocks_paused ON matter_clocks (matter) WHERE state = 'paused';
`,
};
