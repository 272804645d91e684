import { AppError } from '../../../shared/errors.ts';
import { decryptSequence } from './decrypt.ts';
import type { EncryptionScheme } from './encryption-scheme.ts';
import type { WorkBudget } from './key-derivation.ts';
import { verifyMac } from './mac-scheme.ts';
import { type PasswordForms, passwordForms, wipePasswordForms } from './password-forms.ts';
import { type Pfx, readBer, type SafeContentInfo } from './read-pfx.ts';
import { readSafeContents, type SafeBag } from './safe-contents.ts';

/** A password at work on one file. */
export interface Unlock {
  readonly forms: PasswordForms;
  readonly budget: WorkBudget;
  /** What {@link withUnlock} zeroes at the end. */
  readonly secrets: Buffer[];
}

export type KeyBag = Extract<SafeBag, { kind: 'key' | 'shrouded-key' }>;

/** Runs `use` and then zeroes every form of the password and every plaintext that came of it. */
export function withUnlock<T>(password: string, maxIterations: number, use: (unlock: Unlock) => T): T {
  const unlock: Unlock = { forms: passwordForms(password), budget: { iterationsLeft: maxIterations }, secrets: [] };
  try {
    return use(unlock);
  } finally {
    wipePasswordForms(unlock.forms);
    for (const secret of unlock.secrets) secret.fill(0);
  }
}

/** @throws P12_PASSWORD_WRONG: a wrong password and a changed file look the same to a MAC. */
export function checkIntegrity(pfx: Pfx, { forms, budget }: Unlock): void {
  if (pfx.mac !== null && !verifyMac(pfx.mac, pfx.authSafe, forms, budget)) throw new AppError('P12_PASSWORD_WRONG');
}

export function unlockContents(info: SafeContentInfo, unlock: Unlock): SafeBag[] {
  if (info.encryption === null) return readSafeContents(readBer(info.content));
  const safeContents = readBer(decrypt(info.encryption, info.ciphertext, unlock));
  unlock.secrets.push(safeContents.raw);
  return readSafeContents(safeContents);
}

/** The PrivateKeyInfo of a key bag, valid until the lock closes. */
export function unlockKey(bag: KeyBag, unlock: Unlock): Buffer {
  return bag.kind === 'key' ? bag.privateKeyInfo : decrypt(bag.encryption, bag.ciphertext, unlock);
}

/** @throws P12_PASSWORD_WRONG, also where the MAC has proved the password: a file may encrypt under another one. */
function decrypt(encryption: EncryptionScheme, ciphertext: Buffer, { forms, budget, secrets }: Unlock): Buffer {
  const plaintext = decryptSequence(encryption, ciphertext, forms, budget);
  if (plaintext === null) throw new AppError('P12_PASSWORD_WRONG');
  secrets.push(plaintext);
  return plaintext;
}
