import { createI18n } from '../../shared/i18n/create-i18n.ts';
import type { CommandContext, CommandIo } from './context.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { chooseLanguage } from './language.ts';
import { writeFailure, writeReport } from './output.ts';
import { createProgram } from './program.ts';
import { createProgress } from './progress.ts';
import { toAppError } from './to-app-error.ts';
import { fromCommander, isCommanderError } from './usage-error.ts';

/** Runs one command line and says its exit status. Throws nothing; everything of the process comes in by `io`. */
export async function run(argv: readonly string[], io: CommandIo): Promise<ExitCode> {
  const context = createContext(argv, io);
  let exit: ExitCode = EXIT.good;
  let help = '';
  const program = createProgram(context, {
    perform: async (work) => {
      exit = writeReport(context, await work(context));
    },
    writeHelp: (text) => {
      help += text;
    },
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exit;
  } catch (error) {
    if (!isCommanderError(error)) return writeFailure(context, toAppError(error, io.signal));
    if (error.exitCode !== EXIT.good) return writeFailure(context, fromCommander(error, context.t));
    return writeReport(context, { exit: EXIT.good, json: { help }, text: [help.trimEnd()] });
  }
}

/** `--json` and `--lang` also shape the answer to a command line that cannot be parsed: they are looked for by hand. */
function createContext(argv: readonly string[], io: CommandIo): CommandContext {
  const end = argv.indexOf('--');
  const flags = end < 0 ? argv : argv.slice(0, end);
  const at = flags.findLastIndex((flag) => flag === '--lang' || flag.startsWith('--lang='));
  const lang = at < 0 ? undefined : (flags[at]?.split('=')[1] ?? flags[at + 1]);
  const language = chooseLanguage(lang, io.env);
  const { t } = createI18n(language);
  return {
    io,
    t,
    language,
    json: flags.includes('--json'),
    signal: io.signal,
    now: io.now,
    progress: (label) => createProgress({ stderr: io.stderr, label, t, clock: () => performance.now() }),
    note: (text) => void io.stderr.write(`${text}\n`),
  };
}
