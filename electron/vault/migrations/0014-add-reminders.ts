import type { Migration } from './migration.ts';

/** What a person wants to be reminded of, and when: a matter, a message, or a file that was judged here and is kept by its name alone. */
export const addReminders: Migration = {
  version: 14,
  name: 'add-reminders',
  sql: `
CREATE TABLE reminders (
  id     INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
  due_at TEXT NOT NULL,
  matter TEXT REFERENCES matters (id),
  m      TEXT CHECK (m IS NULL OR length(m) = 64),
  file   TEXT,
  note   TEXT NOT NULL,
  by     TEXT NOT NULL,
  at     TEXT NOT NULL,
  CHECK ((matter IS NOT NULL) + (m IS NOT NULL) + (file IS NOT NULL) = 1)
) STRICT;

CREATE INDEX reminders_by_due ON reminders (due_at, id);
CREATE INDEX reminders_by_matter ON reminders (matter) WHERE matter IS NOT NULL;
`,
};
