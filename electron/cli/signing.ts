import { AppError } from '../../shared/errors.ts';
import type { CardPerson } from '../../shared/model/office-card.ts';
import type { OfficeContext } from '../usecases/context.ts';
import { listCandidates } from '../usecases/office/listed-persons.ts';
import { getOwnVault } from '../usecases/office/own-vault.ts';
import type { SigningCredentials } from '../usecases/office/signing-authority.ts';
import { findCurrentCard } from '../vault/repositories/cards.ts';
import { listSigningKeys } from '../vault/repositories/keys.ts';
import type { CommandContext } from './context.ts';
import { SIGNING_FLAG, type SigningFlags } from './office-flags.ts';
import { PIN_FLAG } from './token-flags.ts';
import { usageError } from './usage-error.ts';
import { readText } from './vault-session.ts';

/**
 * The person who signs and the passphrase of that person's key, read once for everything that the command signs.
 *
 * @throws AppError PERSON_UNKNOWN, USAGE where several could sign and none was named
 */
export async function readCredentials(
  office: OfficeContext,
  flags: SigningFlags,
  context: CommandContext,
): Promise<SigningCredentials> {
  const { id, name } = choosePerson(listSigners(office), flags.person, context);
  const token = listSigningKeys(office.vault.read, id).find((row) => row.token !== null)?.token ?? null;
  const passphrase = await readText(
    context,
    token === null
      ? { file: flags.signingPassphraseFile, flag: SIGNING_FLAG, label: context.t('cli.signing.label', { name }) }
      : { file: flags.pinFile, flag: PIN_FLAG, label: context.t('cli.token.pin', { label: token.label }) },
  );
  return { person: id, passphrase };
}

function choosePerson(signers: readonly CardPerson[], wanted: string | undefined, { t }: CommandContext): CardPerson {
  const matching = wanted === undefined ? signers : signers.filter(({ id, name }) => id === wanted || name === wanted);
  const [person, another] = matching;
  if (person === undefined) throw new AppError('PERSON_UNKNOWN', wanted === undefined ? {} : { person: wanted });
  if (another !== undefined) {
    throw usageError(t('cli.signing.several', { names: matching.map(({ id, name }) => `${name} (${id})`).join(', ') }));
  }
  return person;
}

/** Persons of this office whose keys lie in this vault. */
function listSigners({ vault }: OfficeContext): CardPerson[] {
  const card = findCurrentCard(vault.read, getOwnVault(vault.read).office.id)?.body;
  const persons = [...listCandidates(vault.read).map(({ person }) => person), ...(card?.persons ?? [])];
  const distinct = new Map(persons.map((person) => [person.id, person]));
  return [...distinct.values()].filter(({ id }) => listSigningKeys(vault.read, id).length > 0);
}
