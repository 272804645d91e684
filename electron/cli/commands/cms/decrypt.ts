import { dirname } from 'node:path';
import { AppError } from '../../../../shared/errors.ts';
import { formatSize } from '../../../../shared/text/format-size.ts';
import type { ByteSource } from '../../../files/bytes.ts';
import { type DecryptedCms, decryptCms } from '../../../packages/cms/decrypt-cms.ts';
import { oidName } from '../../../packages/cms/oids.ts';
import { readCertificates } from '../../../pki/read-certificates.ts';
import { createEphemeralTarget } from '../../../vault/blobs/ephemeral-target.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { copySource } from '../../copy-source.ts';
import { certificateJson } from '../../describe-certificate.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OutputFlags, PassphraseFlags } from '../../flags.ts';
import { BUNDLE_LIMIT, openInput, readInput } from '../../input-file.ts';
import { readKeyFile } from '../../key-file.ts';
import { requireAbsent, withOutput } from '../../output-file.ts';

export interface DecryptOptions extends OutputFlags, PassphraseFlags {
  readonly key: string;
  readonly cert?: string;
  readonly allowLegacy: boolean;
}

/** The plaintext waits encrypted until the tag or the padding was checked: nothing unverified is ever written in the clear. */
export async function decryptFile(
  file: string,
  options: DecryptOptions,
  context: CommandContext,
): Promise<CommandReport> {
  await requireAbsent([options.out], options);
  const keys = await readKeys(options, context);
  const source = await openInput(file);
  const progress = context.progress(context.t('cli.progress.decrypting'));
  try {
    const target = await createEphemeralTarget(dirname(options.out), source.size);
    const opened = await decryptCms(source, keys, target, {
      policy: { allowLegacy: options.allowLegacy },
      signal: context.signal,
      progress: progress.update,
    });
    if (opened === null) throw new AppError('PACKAGE_NOT_FOR_ME');
    await release(opened.content, options, context);
    return report(opened, options, context);
  } finally {
    progress.finish();
    await source.close();
  }
}

async function readKeys({ key, cert, passphraseFile, allowLegacy }: DecryptOptions, context: CommandContext) {
  const certificates = cert === undefined ? [] : readCertificates(await readInput(cert, BUNDLE_LIMIT));
  return readKeyFile(context, { path: key, passphraseFile, allowLegacy }, certificates);
}

async function release(content: ByteSource, { out, force }: DecryptOptions, { signal }: CommandContext): Promise<void> {
  try {
    await withOutput(out, { force, mode: 0o600 }, (file) => copySource(content, file, { signal }));
  } finally {
    await content.close();
  }
}

function report(
  { header, length, openedAs, authenticated }: DecryptedCms<ByteSource>,
  { out }: DecryptOptions,
  { t }: CommandContext,
): CommandReport {
  return {
    exit: EXIT.good,
    json: {
      file: out,
      size: length,
      contentType: oidName(header.contentType),
      encryption: header.encryption.cipher,
      legacy: header.encryption.legacy,
      authenticated,
      recipient: certificateJson(openedAs),
    },
    text: [
      t('cli.cms.decrypt.verdict', { file: out, size: formatSize(length) }),
      header.encryption.cipher,
      ...(authenticated ? [] : [t('cli.cms.decrypt.notAuthenticated')]),
    ],
  };
}
