import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { KeyPairCertificate } from '../../electron/pki/identity.ts';
import { createPair } from '../../electron/pki/issue/create-pair.ts';
import type { KeyAlgorithm } from '../../electron/pki/keys.ts';
import { writePem } from '../../electron/pki/pem.ts';

/** A self-signed pair and the files of it that foreign tools take. */
export interface PairOnDisk extends KeyPairCertificate {
  readonly name: string;
  readonly certificateFile: string;
  readonly keyFile: string;
}

export interface CmsFiles {
  /** A path in the folder, with `content` where given. */
  file(name: string, content?: Buffer | string): string;
  pair(algorithm: KeyAlgorithm, purpose: 'sign' | 'encrypt'): PairOnDisk;
  close(): void;
}

/** A folder for one test file. Foreign tools judge by the clock, and so must the certificates. */
export function createCmsFiles(): CmsFiles {
  const folder = mkdtempSync(join(tmpdir(), 'lx-cms-'));
  const pairs = new Map<string, PairOnDisk>();
  const file = (name: string, content?: Buffer | string): string => {
    const path = join(folder, name);
    if (content !== undefined) writeFileSync(path, content);
    return path;
  };
  const create = (algorithm: KeyAlgorithm, purpose: 'sign' | 'encrypt'): PairOnDisk => {
    const name = `${purpose}-${algorithm}`;
    const subject = { commonName: name, emailAddress: `${name}@example.org` };
    const { certificate, key } = createPair({ algorithm, purpose, subject, now: new Date() });
    return {
      certificate,
      key,
      name,
      certificateFile: file(`${name}.crt.pem`, writePem('CERTIFICATE', certificate.der)),
      keyFile: file(`${name}.key.pem`, key.export({ type: 'pkcs8', format: 'pem' })),
    };
  };
  return {
    file,
    pair: (algorithm, purpose) => {
      const id = `${purpose} ${algorithm}`;
      const pair = pairs.get(id) ?? create(algorithm, purpose);
      pairs.set(id, pair);
      return pair;
    },
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}
