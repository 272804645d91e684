/**
 * Full text. \`search_texts\` holds what is shown and highlighted; \`search_grams\` holds its tokens, separated by spaces: pairs of neighbouring
 * characters for Chinese, whole words for ASCII. The tokenizer is \`ascii\`, which keeps every character beyond ASCII: \`unicode61\` knows
 * Unicode 6.1 and would drop rare characters of names. FTS5's secure-delete keeps deleted text out of the index.
 */
export const SEARCH_SQL = `
CREATE TABLE search_texts (
  serial    INTEGER NOT NULL PRIMARY KEY REFERENCES messages (serial),
  subject   TEXT NOT NULL,
  form      TEXT NOT NULL,
  documents TEXT NOT NULL,
  parties   TEXT NOT NULL
) STRICT;

CREATE VIRTUAL TABLE search_grams USING fts5 (grams, content='', tokenize='ascii', prefix='1');
INSERT INTO search_grams (search_grams, rank) VALUES ('secure-delete', 1);

CREATE VIRTUAL TABLE rejected_grams USING fts5 (grams, content='', tokenize='ascii', prefix='1');
INSERT INTO rejected_grams (rejected_grams, rank) VALUES ('secure-delete', 1);
`;
