import { CommanderError } from 'commander';
import { COMMANDS } from './commands/command-list.js';
import { nameOf } from './grammar/options-of.js';
import { optionOfAnotherTool, withOwnName } from './grammar/other-words.js';
import { asksForJson, hidingIo, withTrace, type Io } from './process/io.js';
import { retiredNode } from './process/node-version.js';
import { createProgram, helpTexts } from './program.js';

/** Wrong usage: sysexits' EX_USAGE. */
const WRONG_USAGE = 64;

/**
 * Runs one command line and answers with its exit status: 0 done, 1 failed, 2 `plan --detailed-exitcode` found changes, 64
 * wrong usage or invalid input, 75 the world moved or a lock is held, 130 and 143 interrupted. Never throws. The process adds 70: `watchUnfinished`.
 */
export async function main(given: readonly string[], processIo: Io): Promise<number> {
  const argv = withOwnName(given);
  if (argv[0] === '__complete') {
    const { completeRequest } = await import('./completion/complete-request.js');
    return completeRequest(argv.slice(1), processIo);
  }
  if (argv[0] === '__help') {
    processIo.stdout.write(JSON.stringify(await helpTexts(processIo)));
    return 0;
  }
  // Where a program has registered with OpenTelemetry's API. Several copies of it share this registry, so all versions 1.x name it so.
  // Most runs have none, and load nothing for it.
  if (Symbol.for('opentelemetry.js.api.1') in globalThis && processIo.trace === undefined)
    return traced(argv, processIo);

  const io = hidingIo(processIo, asksForJson(argv));
  let status = 0;
  const done = (code: number): void => {
    status = code;
  };
  const program = createProgram(io, done, argv);
  try {
    if (argv.length === 0) {
      program.outputHelp({ error: true });
      return WRONG_USAGE;
    }

    const [first, asked] = argv;
    if (first === 'help' && asked !== undefined && !COMMANDS.some((one) => nameOf(one) === asked))
      program.error(`unknown command '${asked}'`);
    const foreign = optionOfAnotherTool(argv);
    if (foreign !== undefined) program.error(`unknown option '${foreign}'`);
    await program.parseAsync(argv, { from: 'user' });
    return status;
  } catch (error) {
    if (error instanceof CommanderError) {
      // Where it is read. `--version` is for programs: it prints the version and nothing else.
      const isHelp = error.code === 'commander.helpDisplayed' && argv.length === 1;
      const retired = isHelp ? retiredNode(process.versions.node) : undefined;
      if (retired !== undefined) io.stderr.write(`note: ${retired}\n`);
      return error.exitCode === 0 ? 0 : WRONG_USAGE;
    }

    const { handleError } = await import('./errors/handle-error.js');
    return handleError(error, io, argv);
  }
}

/** The same in a span. */
async function traced(argv: readonly string[], io: Io): Promise<number> {
  const { beginRunSpan } = await import('./process/run-span.js');
  const [command = ''] = argv;
  const isKnown = COMMANDS.some((one) => nameOf(one) === command);
  const span = await beginRunSpan(isKnown ? command : 'help', io);
  const status = await main(argv, withTrace(io, span?.trace ?? (() => undefined)));
  await span?.end(status);
  return status;
}
