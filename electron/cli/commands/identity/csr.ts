import { createPublicKey } from 'node:crypto';
import { createCsr } from '../../../pki/issue/create-csr.ts';
import { officeName } from '../../../pki/issue/create-identity.ts';
import { certificateProfile } from '../../../pki/issue/create-pair.ts';
import { generateKeyPair } from '../../../pki/keys.ts';
import { writePem } from '../../../pki/pem.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OutputFlags, PassphraseFlags } from '../../flags.ts';
import { requireAbsent, writeOutput } from '../../output-file.ts';
import { writeKeyFile } from '../../write-identity.ts';
import type { SubjectOptions } from './create.ts';

/** `out` is the beginning of three file names. */
export type CsrOptions = SubjectOptions & OutputFlags & PassphraseFlags;

/** Two keys that wait for their certificates, and a request (RFC 2986) for each. */
export async function writeRequests(options: CsrOptions, context: CommandContext): Promise<CommandReport> {
  const { name, type, uscc, region, alg, out, force } = options;
  const subject = officeName({ name, officeType: type, uscc, region });
  const make = (purpose: 'sign' | 'encrypt') => {
    const { privateKey: key } = generateKeyPair(alg);
    const { extensions } = certificateProfile({ purpose, now: context.now() }, createPublicKey(key));
    return { key, pem: writePem('CERTIFICATE REQUEST', createCsr({ subject, key, extensions })) };
  };
  const [signing, encryption] = [make('sign'), make('encrypt')];
  const files = { keys: `${out}-keys.p12`, signing: `${out}-signing.csr.pem`, encryption: `${out}-encryption.csr.pem` };
  await requireAbsent(Object.values(files), options);
  await writeKeyFile(
    context,
    { ...options, out: files.keys },
    {
      entries: [
        { key: signing.key, certificate: null, friendlyName: 'signing' },
        { key: encryption.key, certificate: null, friendlyName: 'encryption' },
      ],
    },
  );
  await writeOutput(files.signing, signing.pem, { force });
  await writeOutput(files.encryption, encryption.pem, { force });
  return { exit: EXIT.good, json: { files }, text: [context.t('cli.identity.csr.verdict', files)] };
}
