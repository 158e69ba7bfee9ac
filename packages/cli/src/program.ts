import { Command, Option } from 'commander';
import { COMMANDS } from './commands/command-list.js';
import { exampleLines, HELP_COLUMNS } from './grammar/example-lines.js';
import type { CommandDescription, CommandGroup, OptionDescription, NamedReport } from './grammar/options.js';
import { nameOf, optionsOf, SPEC_FILES, takesSpec } from './grammar/options-of.js';
import { topHelp } from './grammar/top-help.js';
import { noteOfForm, wordOfAnotherTool } from './grammar/other-words.js';
import type { Invocation } from './invocation.js';
import { outputFor, type OutputOptions } from './output/output-options.js';
import type { Io } from './process/io.js';
import { VERSION } from './version.js';

/**
 * The command line's grammar and help. No command's code is loaded before it is called, and where the first argument is the name of one,
 * nothing else is in it. The list of all commands needs none of their options.
 */
export function createProgram(io: Io, done: (status: number) => void, argv: readonly string[] = []): Command {
  const [first = ''] = argv;
  const program = quiet(new Command('postern'), io);
  program
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command');
  program.helpInformation = topHelp;
  if (argv.length === 1 && /^(?:-h|--help|-V|--version)$/.test(first)) return program;

  const called = COMMANDS.filter((one) => nameOf(one) === first);
  for (const description of called.length === 0 ? COMMANDS : called) addCommand(program, description, io, done);
  return program;
}

/** The help of every command, as a pipe gets it, by the words of the command. The build stores it for `bin.ts`. */
export async function helpTexts(io: Io): Promise<Readonly<Record<string, string>>> {
  const paths = COMMANDS.flatMap((one) => [
    [nameOf(one)],
    ...('commands' in one ? one.commands.map((inner) => [nameOf(one), nameOf(inner)]) : []),
  ]);
  const texts: Record<string, string> = {};
  for (const words of [[], ...paths]) {
    let text = '';
    const stdout = { write: (part: string) => void (text += part), isTerminal: false };
    const argv = [...words, '--help'];
    // Commander ends help with an error, so that no action follows.
    await createProgram({ ...io, stdout }, () => undefined, argv)
      .parseAsync(argv, { from: 'user' })
      .catch(() => undefined);
    texts[['postern', ...words].join('-')] = text;
  }
  return texts;
}

function addCommand(
  program: Command,
  described: CommandDescription | CommandGroup,
  io: Io,
  done: (status: number) => void,
): void {
  const command = quiet(program.command(described.usage), io)
    .description(described.summary)
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', () => `\nExamples:\n${examplesOf(described, io).join('\n')}`);
  if ('commands' in described) {
    command.helpCommand('help [command]', 'print the help of a command');
    for (const one of described.commands) addCommand(command, one, io, done);
    return;
  }

  for (const option of optionsOf(described))
    command.addOption(optionOf(option).hideHelp(option.callsCloud === true && program.name() === 'cidr'));
  command.action(async () => done(await called(described, command, io)));
}

/** Carries out a command as it was called, and answers with its exit status. */
async function called(described: CommandDescription, command: Command, io: Io): Promise<number> {
  const { color, quiet: isQuiet, query, ...given } = command.opts<GivenOptions>();
  const { io: shown, end } = await outputFor(io, { color, quiet: isQuiet, query, json: given['json'] === true });
  const [spec, ...overlays] = given.spec ?? [];
  const args = takesSpec(described) ? specArgument(command, spec) : command.args;
  const isSeveral = command.registeredArguments.length === 1 && takesSpec(described) && args.length > 1;
  const input = await inputOf(overlays, given, isSeveral);
  const invocation: Invocation = {
    io: { ...shown, ...(input !== undefined && { spec: input }), clouds: { named: given.cloud ?? [] } },
    args,
    options: { ...given, spec, ...(query === undefined ? {} : { json: true }) },
  };
  if (isSeveral && described.eachSpec !== undefined) refuseForSeveral(described, command);
  await refuseCloud(described, command, invocation);
  await refuseOutputs(described, invocation, given.spec ?? []);
  const { run } = (await described.load()) as { readonly run: (given: Invocation) => Promise<number> };
  let status: number;
  if (isSeveral && described.eachSpec !== undefined) {
    const { runEach } = await import('./run-each.js');
    status = await runEach(run, invocation, { name: command.name(), goesOn: described.eachSpec === 'next' });
  } else {
    status = await run(invocation);
    if (isSeveral && input !== undefined) (await import('./spec/spec-input.js')).refuseUnused(input);
  }
  end();
  return status;
}

interface GivenOptions extends Omit<OutputOptions, 'json'> {
  readonly spec?: readonly string[];
  readonly var?: readonly string[];
  readonly cloud?: readonly string[];
  readonly [name: string]: unknown;
}

async function inputOf(overlays: readonly string[], { var: vars }: GivenOptions, isShared: boolean) {
  if (overlays.length === 0 && vars === undefined) return undefined;

  const { specInput } = await import('./spec/spec-input.js');
  return specInput(overlays, vars, { isShared });
}

/** Refuses a cloud that neither the command nor a program brings, as commander refuses other words. */
async function refuseCloud(
  described: CommandDescription,
  command: Command,
  { io, options }: Invocation,
): Promise<void> {
  for (const { flags, choices = [], ofClouds } of described.options) {
    const given = options[new Option(flags).attributeName()];
    if (ofClouds !== true || typeof given !== 'string' || choices.includes(given)) continue;

    const { cloudsOf } = await import('./spec/brought-clouds.js');
    const names = (await cloudsOf(io)).all.map(({ name }) => name);
    if (!names.includes(given))
      command.error(`option '${flags}' argument '${given}' is invalid. Allowed choices are ${names.join(', ')}.`);
  }
}

/** Files that a command reads or writes for one spec. */
function refuseForSeveral({ options }: CommandDescription, command: Command): void {
  for (const { flags, writes, ofOneSpec } of options) {
    const option = new Option(flags);
    if ((writes !== true && ofOneSpec !== true) || command.opts()[option.attributeName()] === undefined) continue;

    command.error(`${option.long ?? flags} is not allowed with several specs`);
  }
}

function examplesOf({ examples }: CommandDescription | CommandGroup, io: Io): readonly string[] {
  return examples.flatMap((line) => exampleLines(line, helpColumns(io)));
}

function helpColumns({ stdout }: Io): number {
  return Math.min(stdout.columns ?? HELP_COLUMNS, HELP_COLUMNS);
}

function optionOf({ flags, description, parse, choices, ofClouds, fallback, required }: OptionDescription): Option {
  const built = new Option(flags, description);
  // Help shows the choices. Whether another word is a cloud is known when programs ran: see `refuseCloud`.
  if (choices && ofClouds === true) built.argChoices = [...choices];
  else if (choices) built.choices(choices);
  else if (parse) built.argParser(parse);
  if (fallback !== undefined) built.default(fallback);
  if (required === true) built.makeOptionMandatory();
  return built;
}

/** The spec of a command that accepts it as an argument, where the option of the other commands names it. */
function specArgument(command: Command, named: string | undefined): readonly string[] {
  if (named === undefined) return command.args;
  if (command.args.length === 0) return [named];
  // Where names follow the spec, all arguments are names.
  if (command.registeredArguments.length > 1) return [named, ...command.args];

  command.error(
    'the spec is named twice: as an argument and by --spec\n(Leave one of them out. Where one is an overlay, name both by --spec.)',
  );
}

/** Refuses files that cannot be written, or that the command reads, before the command requests any confirmation. */
async function refuseOutputs(
  described: CommandDescription,
  { io, args, options }: Invocation,
  specs: readonly string[],
): Promise<void> {
  const given = described.options.flatMap(({ flags, writes, fileOf }) => {
    const option = new Option(flags);
    const value = options[option.attributeName()];
    const isFile = flags.includes('<file');
    return value === undefined ? [] : [{ flag: option.long ?? flags, isFile, writes, fileOf, value }];
  });
  const outputs = given
    .filter(({ writes }) => writes === true)
    .flatMap(({ flag, value, fileOf }) =>
      [value].flat().flatMap((one) => {
        const file = typeof one === 'string' ? (fileOf === undefined ? one : fileOf(one)) : (one as NamedReport).file;
        return file === undefined ? [] : [{ flag, file }];
      }),
    );
  if (outputs.length === 0) return;

  const named = given.flatMap(({ isFile, writes, value }) => (isFile && writes !== true ? [value].flat() : []));
  const found = takesSpec(described) && args.length === 0 ? SPEC_FILES : [];
  const read = [...args, ...specs];
  const kept = (await described.keeps?.(takesSpec(described) ? read : specs, options)) ?? [];
  const inputs = [...read, ...named, ...found, ...kept].filter((file) => typeof file === 'string');
  const { checkOutputs } = await import('./output/check-outputs.js');
  // Commands with --force look for themselves what they may replace.
  const mayReplaceSpec = described.options.some(({ flags }) => flags === '--force');
  await checkOutputs(outputs, inputs, { cwd: io.cwd, specs: mayReplaceSpec ? [] : SPEC_FILES });
  for (const { flag, file } of outputs) {
    const text = flag === '--output' ? noteOfForm(file) : undefined;
    if (text !== undefined) (await import('./output/print.js')).note(io, text);
  }
}

/** Help is written to stdout, errors to stderr in the common form, and commander never ends the process. */
function quiet(command: Command, io: Io): Command {
  return command
    .exitOverride()
    .showHelpAfterError(false)
    .configureHelp({ minWidthToWrap: 20, subcommandTerm: (one) => `${one.name()} ${argumentsOf(one)}`.trimEnd() })
    .configureOutput({
      getOutHelpWidth: () => helpColumns(io),
      // Help has no colors to be removed. Commander would open the streams of the process to ask them.
      getOutHasColors: () => true,
      getErrHasColors: () => true,
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      outputError: (text, write) => {
        const [, said = '', hint] = /^(?:error: )?(.*?)(?:\n\((.*)\))?\s*$/s.exec(text) ?? [];
        const message = visible(said);
        const remedy = wordOfAnotherTool(said) ?? hint ?? `See '${pathOf(command)} --help'.`;
        // As `printError` writes it, which loads core.
        if (io.json === true) {
          const answer = { error: { code: 'INVALID_INPUT', message, remedy } };
          io.stdout.write(`${JSON.stringify(answer, undefined, 2)}\n`);
          write(`${JSON.stringify(answer)}\n`);
        } else write(`error INVALID_INPUT: ${message}\n  ${remedy}\n`);
      },
    });
}

/** As `displayText` shows what a terminal would act on. Its module is not loaded for wrong usage. */
function visible(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (one) => `\\u{${(one.codePointAt(0) ?? 0).toString(16)}}`);
}

/** `<link> [cidr...]`. That every command has options is not repeated in a list of them. */
function argumentsOf({ registeredArguments }: Command): string {
  return registeredArguments
    .map((one) => `${one.name()}${one.variadic ? '...' : ''}`)
    .map((name, at) => (registeredArguments[at]?.required === true ? `<${name}>` : `[${name}]`))
    .join(' ');
}

/** `postern cidr merge` */
function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}
