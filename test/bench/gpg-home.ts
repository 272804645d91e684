import { mkdirSync } from 'node:fs';
import { timeProgram } from './measure.ts';

export interface GpgHome {
  readonly env: NodeJS.ProcessEnv;
  seal(input: string, output: string): string[];
  open(input: string): string[];
  /** Ends the agent that gpg started. */
  close(): Promise<void>;
}

const COMMON = ['--batch', '--yes', '--quiet', '--pinentry-mode', 'loopback', '--passphrase', ''];

/** A key ring of its own with one RSA-3072 key that signs and one that encrypts. */
export async function createGpgHome(folder: string): Promise<GpgHome> {
  mkdirSync(folder, { mode: 0o700 });
  const env = { ...process.env, GNUPGHOME: folder };
  await timeProgram('gpg', [...COMMON, '--quick-generate-key', 'bench', 'rsa3072', 'sign', 'never'], { env });
  const { stdout } = await timeProgram('gpg', ['--batch', '--with-colons', '--list-keys'], { env });
  const fingerprint = /^fpr:+([0-9A-F]+):/m.exec(stdout)?.[1] ?? '';
  await timeProgram('gpg', [...COMMON, '--quick-add-key', fingerprint, 'rsa3072', 'encr', 'never'], { env });
  return {
    env,
    seal: (input, output) => [
      ...COMMON,
      ...['--trust-model', 'always', '--compress-algo', 'none', '-u', 'bench', '-r', 'bench'],
      ...['--sign', '--encrypt', '-o', output, input],
    ],
    open: (input) => [...COMMON, '--decrypt', '-o', '/dev/null', input],
    close: async () => {
      await timeProgram('gpgconf', ['--kill', 'all'], { env });
    },
  };
}
