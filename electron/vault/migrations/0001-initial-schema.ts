import { DELIVERY_SQL } from './0001/delivery.ts';
import { MATTERS_SQL } from './0001/matters.ts';
import { OFFICES_SQL } from './0001/offices.ts';
import { RECORDS_SQL } from './0001/records.ts';
import { SEARCH_SQL } from './0001/search.ts';
import type { Migration } from './migration.ts';

export const initialSchema: Migration = {
  version: 1,
  name: 'initial-schema',
  sql: [RECORDS_SQL, OFFICES_SQL, MATTERS_SQL, DELIVERY_SQL, SEARCH_SQL].join('\n'),
};
