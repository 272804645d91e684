import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { LIMITS } from '../../../../shared/limits.ts';
import type { OfficeId } from '../../../../shared/model/brand.ts';
import type { OfficeType } from '../../../../shared/model/office-card.ts';
import type { RevocationPolicy } from '../../../pki/path/path-types.ts';
import { addCrls } from '../../../usecases/add-trust.ts';
import type { OfficeContext } from '../../../usecases/context.ts';
import { createOfficeVault } from '../../../usecases/create-office-vault.ts';
import { importIdentity } from '../../../usecases/import-identity.ts';
import { issueCard } from '../../../usecases/issue-card.ts';
import { anchorJson, anchorLines, isWaiting, takeAnchors } from '../../confirm-anchors.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { PassphraseFlags } from '../../flags.ts';
import { formatFingerprint } from '../../format.ts';
import { BUNDLE_LIMIT, readInput, readInputs } from '../../input-file.ts';
import { SIGNING_FLAG } from '../../office-flags.ts';
import { addFolderRoute } from '../../routes.ts';
import { PROGRAM, readText } from '../../vault-session.ts';

export interface CreateOptions extends PassphraseFlags {
  readonly name: string;
  readonly type: OfficeType;
  readonly uscc: string;
  readonly region: string;
  readonly alg: 'p256' | 'p384' | 'rsa3072';
  readonly signer?: string;
  readonly signingPassphraseFile?: string;
  readonly person?: string;
  readonly route?: string;
  readonly trust: readonly string[];
  readonly fingerprint: readonly string[];
  readonly crl: readonly string[];
  readonly revocation: RevocationPolicy;
}

/** Read before the vault is made, so that a wrong file leaves no vault behind. */
interface Equipment {
  readonly signer: { readonly p12: Buffer; readonly password: string } | null;
  readonly anchors: readonly Buffer[];
  readonly crls: readonly Buffer[];
}

/** A vault for one device, with its first person and card where a signer is given. A further device leaves the card to the first one. */
export async function create(dir: string, options: CreateOptions, context: CommandContext): Promise<CommandReport> {
  const equipment = await readEquipment(options, context);
  const passphrase = await readText(context, { file: options.passphraseFile, label: dir, isNew: true });
  const { name, type, uscc, region, alg, revocation } = options;
  const { context: office, recoveryKey } = await createOfficeVault({
    dir,
    passphrase,
    office: { id: uscc as OfficeId, name, type, region },
    now: context.now,
    program: PROGRAM,
    algorithm: alg,
    revocation,
  });
  try {
    const made = await equip(office, equipment, options);
    await office.vault.close();
    return report(dir, office, recoveryKey, made, context);
  } catch (error) {
    await office.vault.close();
    await empty(dir);
    throw error;
  }
}

async function readEquipment(options: CreateOptions, context: CommandContext): Promise<Equipment> {
  const anchors = await readInputs(options.trust, BUNDLE_LIMIT);
  const crls = await readInputs(options.crl, BUNDLE_LIMIT);
  if (options.signer === undefined) return { signer: null, anchors, crls };
  const p12 = await readInput(options.signer, LIMITS.pkcs12);
  const request = { file: options.signingPassphraseFile, flag: SIGNING_FLAG, label: options.signer };
  return { signer: { p12, password: await readText(context, request) }, anchors, crls };
}

async function equip(office: OfficeContext, { signer, anchors, crls }: Equipment, options: CreateOptions) {
  const trusted = takeAnchors(office, anchors, options.fingerprint);
  for (const bytes of crls) addCrls(office, bytes);
  if (options.route !== undefined) addFolderRoute(office, options.route, []);
  const waiting = trusted.filter(isWaiting);
  if (signer === null) return { waiting, person: null, card: null };
  const name = options.person === undefined ? {} : { name: options.person };
  const person = importIdentity(office, { ...signer, ...name });
  const { m, card, fingerprint } = await issueCard(office, { person: person.id, passphrase: signer.password });
  return { waiting, person: { id: person.id, name: person.name }, card: { m, version: card.version, fingerprint } };
}

/** The folder was empty before: what stands in it is ours, and half a vault helps nobody. */
async function empty(dir: string): Promise<void> {
  for (const name of await readdir(dir)) await rm(join(dir, name), { recursive: true, force: true });
}

function report(
  dir: string,
  { vault }: OfficeContext,
  recoveryKey: string,
  made: Awaited<ReturnType<typeof equip>>,
  context: CommandContext,
): CommandReport {
  const { t } = context;
  const { waiting, person, card } = made;
  return {
    exit: EXIT.good,
    json: { folder: dir, vault: vault.id, recoveryKey, person, card, unconfirmed: waiting.map(anchorJson) },
    text: [
      t('cli.vault.create.verdict', { folder: dir }),
      t('cli.vault.create.recoveryKey'),
      `  ${recoveryKey}`,
      ...(card === null
        ? [t('cli.vault.create.noCard')]
        : [`${t('cli.office.fingerprint')} ${formatFingerprint(card.fingerprint)}`]),
      ...waiting.flatMap((anchor) => anchorLines(anchor, context)),
      ...(waiting.length === 0 ? [] : [t('cli.trust.import.compare')]),
    ],
  };
}
