import {
  COMMON_OPTIONS,
  type CommandDescription,
  type CommandGroup,
  type OptionDescription,
} from '../../grammar/options.js';
import { ENVIRONMENT } from '../../grammar/environment.js';
import { optionsOf } from '../../grammar/options-of.js';
import type { CommandModule, Invocation } from '../../invocation.js';
import { printJson } from '../../output/print.js';
import { VERSION } from '../../version.js';

type Commands = readonly (CommandDescription | CommandGroup)[];

/** `postern man`: the manual page, from the same tables as `--help`. */
export function runOf(commands: Commands): CommandModule['run'] {
  return ({ io, options }: Invocation) => {
    const page = manualPage(commands);
    if (options.json === true) printJson(io, { page });
    else io.stdout.write(page);
    return Promise.resolve(0);
  };
}

/** As the README of the command has them. */
const STATUSES: readonly (readonly [string, string])[] = [
  ['0', 'Done.'],
  ['1', 'A step failed, the cloud refused or could not be reached, a wait timed out, or a name does not exist.'],
  ['2', 'There are changes (plan --detailed-exitcode), or a file would change (fmt --check).'],
  ['3', 'Findings, a failed route, a failed line of doctor, or a negative answer of cidr.'],
  ['64', 'Wrong usage or invalid input.'],
  ['70', 'A program that the command runs ended the process, or never answers.'],
  ['75', 'The state changed under a saved plan, or another run holds the lock.'],
  ['130, 143', 'Interrupted by a signal.'],
];

/** The manual page in the language of man(7). */
function manualPage(all: Commands): string {
  const commands = all.flatMap((one) =>
    'commands' in one ? one.commands.map((command) => ({ ...command, usage: `${one.usage} ${command.usage}` })) : [one],
  );
  return [
    `.TH POSTERN 1 "" "postern ${VERSION}" "Postern"`,
    '.SH NAME',
    'postern \\- private integrations between API gateways and VPC backends',
    '.SH SYNOPSIS',
    '.B postern',
    '.I command',
    '[\\fIoptions\\fR] [\\fIarguments\\fR]',
    '.SH DESCRIPTION',
    text('A spec declares links from API gateways into networks, and the routes that use them.'),
    text('Without --spec or an argument, postern.yaml, postern.yml or postern.json of the current folder is used.'),
    '.SH COMMANDS',
    ...commands.flatMap(commandLines),
    '.SH OPTIONS OF EVERY COMMAND',
    ...COMMON_OPTIONS.flatMap(optionLines),
    '.SH ENVIRONMENT',
    ...ENVIRONMENT.flatMap(([name, description]) => tagged(`\\fB${text(name)}\\fR`, sentence(description))),
    '.SH EXIT STATUS',
    ...STATUSES.flatMap(([status, meaning]) => tagged(status, meaning)),
    '.SH FILES',
    ...tagged('\\fI.postern/\\fR', 'The journal of runs, beside the spec.'),
    '',
  ].join('\n');
}

function commandLines(command: CommandDescription): readonly string[] {
  const { usage, summary, examples } = command;
  const own = optionsOf(command).filter((option) => !COMMON_OPTIONS.includes(option));
  return [
    `.SS "postern ${text(usage)}"`,
    text(sentence(summary)),
    ...own.flatMap(optionLines),
    '.PP',
    '.nf',
    ...examples.map((line) => text(line)),
    '.fi',
  ];
}

function optionLines({ flags, description, choices, fallback }: OptionDescription): readonly string[] {
  const more = [
    ...(choices === undefined ? [] : [`choices: ${choices.join(', ')}`]),
    ...(fallback === undefined ? [] : [`default: ${fallback}`]),
  ];
  return tagged(
    `\\fB${text(flags)}\\fR`,
    sentence(`${description}${more.length === 0 ? '' : ` (${more.join('; ')})`}`),
  );
}

function tagged(tag: string, description: string): readonly string[] {
  return ['.TP', tag, text(description)];
}

function sentence(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;
}

/** Text in the language of man(7): a dot or quote that begins a line would be a command. */
function text(words: string): string {
  return words
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll('"', '\\(dq')
    .replace(/^(?=[.'])/, '\\&');
}
