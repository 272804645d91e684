import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readAll } from '../../../electron/files/bytes.ts';
import { CHUNK } from '../../../electron/vault/blobs/chunk-cipher.ts';
import { openSealedSource } from '../../../electron/vault/blobs/sealed-source.ts';
import { createSealedWriter } from '../../../electron/vault/blobs/sealed-writer.ts';
import { readHeader, sealHeader } from '../../../electron/vault/keys/header.ts';
import { wrapUnderPassphrase, wrapUnderRecoveryKey } from '../../../electron/vault/keys/master-key.ts';
import { formatRecoveryKey } from '../../../electron/vault/keys/recovery-key.ts';
import { deriveVaultKeys } from '../../../electron/vault/keys/vault-keys.ts';
import { unlock } from '../../../electron/vault/open-vault.ts';
import type { Instant, VaultId } from '../../../shared/model/brand.ts';
import { mutateBytes } from '../mutate/bytes.ts';
import { mutateJson } from '../mutate/text.ts';
import { type Target, Violation } from '../target.ts';

function scratch(): { readonly folder: string; close(): Promise<void> } {
  const folder = mkdtempSync(join(tmpdir(), 'lexpost-fuzz-'));
  return { folder, close: async () => rmSync(folder, { recursive: true, force: true }) };
}

/** An encrypted blob of several chunks. */
export async function blob(): Promise<Target> {
  const { folder, close } = scratch();
  const path = join(folder, 'blob');
  const key = randomBytes(32);
  const content = randomBytes(2 * CHUNK + 1000);
  const file = await open(path, 'w+');
  const writer = createSealedWriter(file, key);
  await writer.write(content);
  const size = await writer.finish();
  await file.close();
  const seed = readFileSync(path);
  const chunk = CHUNK + 16;
  return {
    seeds: [seed],
    mutate: (bytes, random) => {
      if (random.oneIn(2)) return mutateBytes(bytes, random);
      // Whole chunks elsewhere, twice, or missing
      const [first, second] = [random.below(3) * chunk, random.below(3) * chunk];
      const parts = [bytes.subarray(0, first), bytes.subarray(second, second + chunk), bytes.subarray(first)];
      return Buffer.concat(random.oneIn(2) ? parts : parts.slice(0, 2));
    },
    run: async (input) => {
      writeFileSync(path, input);
      const sealed = await open(path, 'r');
      try {
        const source = await openSealedSource(sealed, key, size, async () => {});
        if (!(await readAll(source, size)).equals(content)) throw new Violation('an altered blob was given out');
        return 'accepted';
      } finally {
        await sealed.close();
      }
    },
    close,
  };
}

/** vault.json, opened by the recovery key: its derivation is cheap. */
export async function vaultHeader(): Promise<Target> {
  const { folder, close } = scratch();
  const path = join(folder, 'vault.json');
  const vault = '01930000-0000-7000-8000-000000000004' as VaultId;
  const recoveryKey = formatRecoveryKey(randomBytes(44));
  const master = randomBytes(32);
  const kdf = { name: 'scrypt', N: 2 ** 14, r: 8, p: 1, salt: '00'.repeat(16) } as const;
  const header = sealHeader(
    {
      format: 'lexpost-vault',
      version: 1,
      vault,
      office: '甲律师事务所',
      createdAt: '2026-11-24T06:00:00.000Z' as Instant,
      passphrase: { kdf, wrappedKey: await wrapUnderPassphrase(master, 'passphrase', kdf, vault) },
      recovery: { wrappedKey: await wrapUnderRecoveryKey(master, recoveryKey, vault) },
    },
    deriveVaultKeys(master, vault).header,
  );
  return {
    seeds: [Buffer.from(JSON.stringify(header, null, 2), 'utf8')],
    mutate: mutateJson,
    run: async (input) => {
      writeFileSync(path, input);
      const read = await readHeader(path);
      await unlock(read, { recoveryKey });
      // Keys of the object may stand in another order
      const sorted = (value: object) => JSON.stringify(Object.entries(value).sort());
      if (sorted(read) !== sorted(header)) throw new Violation('an altered header was believed');
      return 'accepted';
    },
    close,
  };
}
