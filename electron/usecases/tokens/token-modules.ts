import { isAbsolute } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../shared/errors.ts';
import type { ReadableDb } from '../../vault/db/handle.ts';
import { appendAudit } from '../../vault/repositories/audit.ts';
import { findMeta, putMeta } from '../../vault/repositories/meta.ts';
import type { OfficeContext } from '../context.ts';
import { instantOf } from '../uuid-v7.ts';

const MODULES = 'tokens.modules';

const tokenModule = z.strictObject({
  /** Absolute path of the vendor's library: code that this machine will run. */
  module: z.string().min(1).max(1000).refine(isAbsolute),
  parameters: z.string().max(1000).nullable(),
});
export type TokenModuleSetting = z.infer<typeof tokenModule>;

/** The PKCS#11 modules of this device, in the order in which they were added. */
export function listTokenModules(db: ReadableDb): TokenModuleSetting[] {
  const stored = findMeta(db, MODULES);
  return stored === null ? [] : z.array(tokenModule).parse(JSON.parse(stored));
}

/** Adds a module, or changes its parameters. @throws AppError USAGE where the path is not absolute */
export function addTokenModule({ vault, now }: OfficeContext, setting: TokenModuleSetting, by: string): void {
  const parsed = tokenModule.safeParse(setting);
  if (!parsed.success) throw new AppError('USAGE', { field: 'module' });
  const { module } = parsed.data;
  vault.write((db) => {
    const known = listTokenModules(db);
    if (known.some((one) => one.module === module && one.parameters === parsed.data.parameters)) return;
    putMeta(db, MODULES, JSON.stringify([...known.filter((one) => one.module !== module), parsed.data]));
    appendAudit(db, {
      at: instantOf(now()),
      actor: by,
      action: 'token-module-added',
      subject: null,
      detail: { module },
    });
  });
}

/** Keys on its tokens stay listed; nobody signs with them until a module reaches them again. */
export function removeTokenModule({ vault, now }: OfficeContext, module: string, by: string): void {
  vault.write((db) => {
    putMeta(db, MODULES, JSON.stringify(listTokenModules(db).filter((one) => one.module !== module)));
    const detail = { module };
    appendAudit(db, { at: instantOf(now()), actor: by, action: 'token-module-removed', subject: null, detail });
  });
}
