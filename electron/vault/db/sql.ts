/** `INSERT` of named values: `fields` are the camelCase names of a row, columns their snake_case twins. Both are constants of the code. */
export function insertSql(table: string, fields: readonly string[]): string {
  return `INSERT INTO ${table} (${fields.map(columnName).join(', ')}) VALUES (${fields.map((name) => `@${name}`).join(', ')})`;
}

function columnName(field: string): string {
  return field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
