import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import type { ResponseOf } from '../../../shared/ipc/contract.ts';
import type { Sha256 } from '../../../shared/model/brand.ts';
import type { OfficeContext } from '../context.ts';
import { mayEncrypt, maySign } from '../office/certificate-uses.ts';
import { adoptReadingKey, adoptSigningKey, type TokenChoice } from '../tokens/adopt-token-key.ts';
import { listTokens } from '../tokens/list-tokens.ts';
import { needsReadingPin } from '../tokens/reading-keys.ts';
import {
  addTokenModule,
  listTokenModules,
  removeTokenModule,
  type TokenModuleSetting,
} from '../tokens/token-modules.ts';
import { viewCertificate } from './names.ts';
import { listIdentities } from './view-office.ts';

/** Names a module to the window, which learns no path of this machine. */
const idOf = (module: string): string => createHash('sha256').update(module).digest('hex').slice(0, 16);

/** Tokens that are plugged in, and the modules that reach them. */
export async function viewTokens(context: OfficeContext): Promise<ResponseOf<'token:list'>> {
  const modules = listTokenModules(context.vault.read);
  const { tokens, failed } = await listTokens(context, modules);
  const used = new Set<Sha256>(listIdentities(context).map(({ certificate }) => certificate.sha256));
  return {
    modules: modules.map(({ module }) => ({
      id: idOf(module),
      name: basename(module),
      failure: failed.find((one) => one.module === module)?.code ?? null,
    })),
    tokens: tokens.map(({ module, token, certificates }) => ({
      module: idOf(module),
      label: token.label,
      serial: token.serial,
      certificates: certificates.map(({ certificate, label }) => ({
        label,
        certificate: viewCertificate(certificate),
        maySign: maySign(certificate),
        mayRead: mayEncrypt(certificate),
        used: used.has(certificate.sha256),
      })),
    })),
    needsReadingPin: needsReadingPin(context),
  };
}

export function addChosenModule(context: OfficeContext, path: string, by: string): void {
  addTokenModule(context, { module: path, parameters: null }, by);
}

/** @throws AppError USAGE where there is none */
export function removeChosenModule(context: OfficeContext, id: string, by: string): void {
  removeTokenModule(context, getModule(context, id).module, by);
}

function getModule({ vault }: OfficeContext, id: string): TokenModuleSetting {
  const found = listTokenModules(vault.read).find(({ module }) => idOf(module) === id);
  if (found === undefined) throw new AppError('USAGE', { field: 'module' });
  return found;
}

export interface AdoptFromToken {
  readonly module: string;
  /** Serial number. */
  readonly token: string;
  readonly certificate: Sha256;
  /** UTF-8; zeroed. */
  readonly pin: Buffer;
}

const choiceOf = (context: OfficeContext, { module, token, certificate, pin }: AdoptFromToken): TokenChoice => ({
  setting: getModule(context, module),
  token,
  certificate,
  pin,
});

/** Lets a person sign with a key on a token. @throws AppError as adoptSigningKey */
export async function adoptSigner(
  context: OfficeContext,
  choice: AdoptFromToken,
  { name, acts }: { readonly name: string | null; readonly acts: readonly string[] },
): Promise<ResponseOf<'token:adopt-signing'>> {
  const person = await adoptSigningKey(context, {
    ...choiceOf(context, choice),
    acts,
    ...(name === null ? {} : { name }),
  });
  return { person: person.id, name: person.name };
}

/** Lets the vault read with a key on a token, where the token can. @throws AppError as adoptReadingKey */
export async function adoptReader(
  context: OfficeContext,
  choice: AdoptFromToken,
): Promise<ResponseOf<'token:adopt-reading'>> {
  const { adopted } = await adoptReadingKey(context, choiceOf(context, choice));
  return { adopted };
}
