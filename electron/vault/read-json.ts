import { open } from 'node:fs/promises';
import type { z } from 'zod';
import { AppError } from '../../shared/errors.ts';
import type { Bytes } from '../../shared/model/brand.ts';
import { isMissing, onFiles } from '../files/file-error.ts';

/**
 * A small file of JSON, parsed by its schema; null where there is no such file.
 *
 * @param part names the file in the error
 * @throws AppError VAULT_CORRUPT with `part` where it is too large, no JSON, or not what the schema says
 */
export async function readJson<T>(path: string, schema: z.ZodType<T>, part: string, limit: Bytes): Promise<T | null> {
  const text = await readText(path, part, limit);
  if (text === null) return null;
  const parsed = schema.safeParse(parse(text, part));
  if (!parsed.success) throw new AppError('VAULT_CORRUPT', { part });
  return parsed.data;
}

async function readText(path: string, part: string, limit: Bytes): Promise<string | null> {
  return onFiles(async () => {
    const file = await open(path, 'r').catch((error: unknown) => {
      if (isMissing(error)) return null;
      throw error;
    });
    if (file === null) return null;
    try {
      if ((await file.stat()).size > limit) throw new AppError('VAULT_CORRUPT', { part });
      return await file.readFile('utf8');
    } finally {
      await file.close();
    }
  });
}

function parse(text: string, part: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError('VAULT_CORRUPT', { part });
  }
}
