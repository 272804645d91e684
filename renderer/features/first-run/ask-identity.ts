import { ask } from '../../bridge.ts';

interface NewIdentity {
  readonly kind: 'import' | 'trial';
  /** The PKCS#12 file, where one is imported. */
  readonly file: string | null;
  readonly name: string;
  readonly password: Uint8Array<ArrayBuffer>;
  /** Made anew for each use: each is overwritten after it. */
  readonly passphrase: () => Uint8Array<ArrayBuffer>;
}

/** Whoever is the first may do everything: later persons get what the office's card says. */
const EVERYTHING = ['*'];

/** Brings the first person in and signs the office's first card with that person's key. @throws Refusal */
export async function askIdentity({ kind, file, name, password, passphrase }: NewIdentity): Promise<void> {
  const word = passphrase();
  try {
    const { person } =
      kind === 'import' && file !== null
        ? await ask('identity:import', { file, password, passphrase: word, name, acts: EVERYTHING })
        : await ask('identity:create-trial', { name, passphrase: word, acts: EVERYTHING, algorithm: 'p256' });
    await ask('identity:use', { person });
    const secret = passphrase();
    try {
      await ask('office:issue-card', { credentials: { person, secret } });
    } finally {
      secret.fill(0);
    }
  } finally {
    word.fill(0);
    password.fill(0);
  }
}
