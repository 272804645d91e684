import { type Settings, settings as schema } from '../../shared/model/settings.ts';
import type { ReadableDb } from '../vault/db/handle.ts';
import { appendAudit } from '../vault/repositories/audit.ts';
import { findMeta, putMeta } from '../vault/repositories/meta.ts';
import type { OfficeContext } from './context.ts';
import { instantOf } from './uuid-v7.ts';

const KEY = 'desk.settings';

const DEFAULTS: Settings = {
  lockAfter: 10,
  lockOnSuspend: true,
  contentProtection: 'restricted',
  notifications: true,
  syncEvery: 5,
  receiptWithin: 2,
  revocation: 'require',
};

/** How this vault behaves. What a later version added and this one does not know is left alone; what it lacks has its usual value. */
export function showSettings(db: ReadableDb): Settings {
  const stored = findMeta(db, KEY);
  if (stored === null) return DEFAULTS;
  const parsed = schema.partial().safeParse(JSON.parse(stored));
  return parsed.success ? schema.parse({ ...DEFAULTS, ...parsed.data }) : DEFAULTS;
}

/** Changes some of them; each change is logged by its names. */
export function changeSettings({ vault, now }: OfficeContext, change: Partial<Settings>, by: string): Settings {
  const next = schema.parse({ ...showSettings(vault.read), ...change });
  vault.write((db) => {
    putMeta(db, KEY, JSON.stringify(next));
    appendAudit(db, {
      at: instantOf(now()),
      actor: by,
      action: 'settings-changed',
      subject: null,
      detail: { ...change },
    });
  });
  return next;
}

const PERSON = 'desk.person';

/** Who sits at this window, by their own word: named in the audit log, authorised for nothing by it. */
export function findCurrentPerson(db: ReadableDb): string | null {
  const stored = findMeta(db, PERSON);
  return stored === null || stored === '' ? null : stored;
}

export function setCurrentPerson({ vault }: OfficeContext, person: string | null): void {
  vault.write((db) => putMeta(db, PERSON, person ?? ''));
}
