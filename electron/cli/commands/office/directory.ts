import type { Office } from '../../../../shared/model/office-card.ts';
import { visible } from '../../../../shared/text/visible.ts';
import { importDirectory } from '../../../usecases/directory/import-directory.ts';
import { signDirectory } from '../../../usecases/directory/sign-directory.ts';
import { noteOfHalfWritten } from '../../../usecases/half-written.ts';
import { listDirectories } from '../../../vault/repositories/directories.ts';
import { findOffice } from '../../../vault/repositories/offices.ts';
import type { CommandContext, CommandReport } from '../../context.ts';
import { EXIT } from '../../exit-codes.ts';
import type { OutputFlags } from '../../flags.ts';
import { formatInstant } from '../../format.ts';
import { openInput } from '../../input-file.ts';
import type { OfficeFlags, SigningFlags } from '../../office-flags.ts';
import { ACTOR, withOffice } from '../../office-session.ts';
import { withOutput } from '../../output-file.ts';
import { readCredentials } from '../../signing.ts';

export interface SignOptions extends OfficeFlags, SigningFlags, OutputFlags {
  readonly region: readonly string[];
  readonly type: readonly Office['type'][];
  readonly days: number;
}

export interface ImportOptions extends OfficeFlags {
  readonly accept: boolean;
}

/** Signs a directory of the offices in the scope that this office has confirmed itself. */
export function sign(options: SignOptions, context: CommandContext): Promise<CommandReport> {
  const { out, force, region, type, days } = options;
  const scope = { regions: [...region], types: [...type] };
  return withOffice(options, context, async (office) => {
    const credentials = await readCredentials(office, options, context);
    const signed = await withOutput(out, { force, note: noteOfHalfWritten(office.vault) }, (sink) =>
      signDirectory(office, { credentials, scope, days, sink }),
    );
    const { m, version, expiresAt, offices } = signed;
    return {
      exit: EXIT.good,
      json: { file: out, m, version, expiresAt, offices },
      text: [context.t('cli.office.directory.sign.verdict', { file: out, version, offices: offices.length })],
    };
  });
}

/** Takes a directory in; exit status 4 where an office in it waits for a comparison. */
export async function importFile(
  file: string,
  options: ImportOptions,
  context: CommandContext,
): Promise<CommandReport> {
  const source = await openInput(file);
  try {
    return await withOffice(options, context, async (office) => {
      const { accept } = options;
      const { m, issuer, directory, results } = await importDirectory(office, { source, accept, by: ACTOR });
      const pending = results.some(({ outcome }) => outcome === 'pending');
      return {
        exit: pending ? EXIT.indeterminate : EXIT.good,
        ...(pending ? { code: 'CARD_NEEDS_CONFIRMATION' as const } : {}),
        json: { m, issuer, version: directory.version, expiresAt: directory.expiresAt, results },
        text: [
          context.t('cli.office.directory.import.verdict', { version: directory.version }),
          ...results.map(({ office: id, outcome, code }) => `  ${id}  ${code ?? outcome}`),
        ],
      };
    });
  } finally {
    await source.close();
  }
}

/** The newest directory of every issuer that is relied on here. */
export function list(options: OfficeFlags, context: CommandContext): Promise<CommandReport> {
  const { t, language } = context;
  return withOffice(options, context, ({ vault }) => {
    const directories = listDirectories(vault.read).map(({ issuer, version, m, body, importedAt }) => ({
      issuer,
      name: findOffice(vault.read, issuer)?.name ?? '',
      version,
      m,
      expiresAt: body.expiresAt,
      expired: context.now().getTime() > Date.parse(body.expiresAt),
      scope: body.scope,
      offices: body.entries.length,
      importedAt,
    }));
    return {
      exit: EXIT.good,
      json: { directories },
      text:
        directories.length === 0
          ? [t('cli.office.directory.list.empty')]
          : directories.map(({ issuer, name, version, offices, expiresAt }) =>
              [issuer, visible(name), `#${version}`, String(offices), formatInstant(expiresAt, language)].join('  '),
            ),
    };
  });
}
