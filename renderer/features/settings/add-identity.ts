import type { RequestOf } from '../../../shared/ipc/contract.ts';
import { secretBytes } from '../../data/use-ask.ts';
import type { IdentityFields } from '../../ui/identity-form.tsx';

type Tell<Request> = (request: Request, options: { readonly onSuccess: () => void }) => void;

/** A further person of the office; the office's next card says what that person may sign. */
export function addIdentity(
  { kind, file, name, password, passphrase }: IdentityFields,
  importFile: Tell<RequestOf<'identity:import'>>,
  makeTrial: Tell<RequestOf<'identity:create-trial'>>,
  onSuccess: () => void,
): void {
  const acts = ['*'];
  if (kind === 'import' && file !== null) {
    importFile(
      { file: file.token, password: secretBytes(password), passphrase: secretBytes(passphrase), name, acts },
      { onSuccess },
    );
  } else {
    makeTrial({ name, passphrase: secretBytes(passphrase), acts, algorithm: 'p256' }, { onSuccess });
  }
}
