/** One step of the database's history. Frozen once released; it imports no live code, so that old steps keep meaning what they meant. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly sql: string;
}
