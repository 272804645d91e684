import { readFileSync } from 'node:fs';
import type { z } from 'zod';
import { appChannels, type Preferences } from '../../shared/ipc/channels/app.ts';
import { writeFileAtomic } from '../files/atomic-write.ts';

const schema: z.ZodType<Preferences> = appChannels['app:preferences'].response;
const DEFAULTS: Preferences = { language: 'system', appearance: 'system', singleKeys: true };

/** How the window looks before any vault is open: kept beside the vault, in the clear, for it says nothing of the office. */
export interface PreferencesFile {
  read(): Preferences;
  change(part: Partial<Preferences>): Promise<Preferences>;
}

export function openPreferences(path: string): PreferencesFile {
  let current = readStored(path);
  return {
    read: () => current,
    async change(part) {
      current = schema.parse({ ...current, ...part });
      await writeFileAtomic(path, Buffer.from(JSON.stringify(current)));
      return current;
    },
  };
}

/** A file that is not ours any more costs a colour, not the start. */
function readStored(path: string): Preferences {
  try {
    return schema.parse({ ...DEFAULTS, ...JSON.parse(readFileSync(path, 'utf8')) });
  } catch {
    return DEFAULTS;
  }
}
