import { Command, Option } from 'commander';
import packageJson from '../../package.json' with { type: 'json' };
import { registerCert } from './commands/cert.ts';
import { registerClock } from './commands/clock.ts';
import { registerCms } from './commands/cms.ts';
import { registerDemo } from './commands/demo.ts';
import { registerEvidence } from './commands/evidence.ts';
import { registerIdentity } from './commands/identity.ts';
import { registerMatter } from './commands/matter.ts';
import { registerMessage } from './commands/message.ts';
import { registerOffice } from './commands/office.ts';
import { registerP12 } from './commands/p12.ts';
import { registerPackage } from './commands/package.ts';
import { registerPaper } from './commands/paper.ts';
import { registerProcedure } from './commands/procedure.ts';
import { registerSync } from './commands/sync.ts';
import { registerTimestamp } from './commands/timestamp.ts';
import { registerTrustStore } from './commands/trust.ts';
import { registerVault } from './commands/vault.ts';
import type { CommandContext, CommandReport } from './context.ts';

/** Runs what a command does and keeps its report for the exit status. */
export type Perform = (work: (context: CommandContext) => Promise<CommandReport>) => Promise<void>;

interface ProgramEnds {
  readonly perform: Perform;
  readonly writeHelp: (text: string) => void;
}

/** What a file of commands/ gets to declare its group. */
export interface Frame {
  readonly t: CommandContext['t'];
  readonly perform: Perform;
}

/**
 * The whole command line, declared. Each group loads the modules of its work only when one of its commands runs: start-up
 * stays short.
 */
export function createProgram(context: CommandContext, { perform, writeHelp }: ProgramEnds): Command {
  const { t } = context;
  const program = new Command('lexpost')
    .description(t('cli.about'))
    .version(packageJson.version, '-V, --version', t('cli.option.version'))
    .helpOption('-h, --help', t('cli.option.help'))
    .helpCommand(false)
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({ writeOut: writeHelp, writeErr: () => {}, outputError: () => {} })
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (title) => translateTitle(title, context),
      visibleCommands: ({ commands }) => [...commands],
      optionDescription: (option) => describeOption(option, context),
    })
    .addOption(new Option('--json', t('cli.option.json')))
    .addOption(new Option('--lang <language>', t('cli.option.lang')));
  const frame: Frame = { t, perform };
  registerIdentity(program, frame);
  registerPackage(program, frame);
  registerCms(program, frame);
  registerCert(program, frame);
  registerTimestamp(program, frame);
  registerP12(program, frame);
  registerVault(program, frame);
  registerOffice(program, frame);
  registerTrustStore(program, frame);
  registerProcedure(program, frame);
  registerMatter(program, frame);
  registerMessage(program, frame);
  registerPaper(program, frame);
  registerEvidence(program, frame);
  registerSync(program, frame);
  registerClock(program, frame);
  registerDemo(program, frame);
  return program;
}

const TITLES = {
  'Usage:': 'usage',
  'Arguments:': 'arguments',
  'Options:': 'options',
  'Global Options:': 'globalOptions',
  'Commands:': 'commands',
} as const;

function translateTitle(title: string, { t }: CommandContext): string {
  const key = TITLES[title as keyof typeof TITLES];
  return key === undefined ? title : t(`cli.help.${key}`);
}

/** Commander marks nothing as required, and tells in English of defaults that say nothing. */
function describeOption({ description, mandatory, defaultValue }: Option, { t }: CommandContext): string {
  if (mandatory && defaultValue === undefined) return t('cli.help.required', { description });
  const isTelling = typeof defaultValue === 'string' || typeof defaultValue === 'number';
  return isTelling ? t('cli.help.default', { description, value: String(defaultValue) }) : description;
}
