// docs/commands.md: every command with its options and examples, from the tables that `--help` prints.
import { moduleOf } from './module-of.mjs';
import { commandLines } from './wrap-markdown.mjs';

const SOURCES = `
  export { COMMANDS } from './commands/command-list.ts';
  export { COMMON_OPTIONS } from './grammar/options.ts';
  export { ENVIRONMENT } from './grammar/environment.ts';
  export { optionsOf } from './grammar/options-of.ts';`;

const { COMMANDS, COMMON_OPTIONS, ENVIRONMENT, optionsOf } = moduleOf('cli', SOURCES);

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
const code = (text) => `\`${text.replaceAll('|', '\\|')}\``;

function optionRow({ flags, description, choices, fallback, required }) {
  const more = [
    ...(required ? ['required'] : []),
    ...(choices === undefined ? [] : [`one of ${choices.map(code).join(', ')}`]),
    ...(fallback === undefined ? [] : [`default ${code(String(fallback))}`]),
  ];
  return `| ${code(flags)} | ${cell(description)}${more.length === 0 ? '' : ` (${more.join('; ')})`} |`;
}

const table = (head, rows) => [`| ${head} | meaning |`, '| --- | --- |', ...rows].join('\n');

/** The long name of each option, with the first command that has it. */
export function optionNames() {
  const all = COMMANDS.flatMap((one) => ('commands' in one ? one.commands : [one]));
  return new Map(all.flatMap((one) => optionsOf(one).map(({ flags }) => [/--[\w-]+/.exec(flags)[0], one.usage])));
}

/** `migrate run`, for each command. */
export function commandNames() {
  const nameOf = (...usages) => usages.join(' ').replaceAll(/ [[<].*/g, '');
  return COMMANDS.flatMap((one) =>
    'commands' in one ? one.commands.map(({ usage }) => nameOf(one.usage, usage)) : [nameOf(one.usage)],
  );
}

/** Other words for a command, which the search of the site finds. */
const WORDS = {
  check: 'lint, scan, test a network',
  destroy: 'delete everything, tear down, clean up, remove all, uninstall',
  explain: 'why do calls not arrive, trace, debug',
  forget: 'terraform state rm, removed, stop managing',
  list: 'what does it own, inventory, state list',
  log: 'history, past runs, audit',
  plan: 'diff, preview, drift',
  simulate: 'mock, localstack, emulator',
};

/** docs/commands.md as it should be. */
export function commandsPage() {
  const inSentence = (text) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}.`;
  const section = (command, group) => {
    const own = optionsOf(command).filter((option) => !COMMON_OPTIONS.includes(option));
    const usage = [...(group ? [group] : []), command.usage].join(' ');
    const name = usage.replaceAll(/ [[<].*/g, '');
    return {
      name,
      summary: command.summary,
      text: [
        `## ${name}`,
        ...(Object.hasOwn(WORDS, name) ? [`<!-- search: ${WORDS[name]} -->`] : []),
        inSentence(command.summary),
        `\`\`\`text\npostern ${usage}\n\`\`\``,
        ...(own.length === 0 ? [] : [table('option', own.map(optionRow))]),
        'Examples:',
        `\`\`\`bash\n${command.examples.map(commandLines).join('\n')}\n\`\`\``,
      ].join('\n\n'),
    };
  };
  const sections = COMMANDS.flatMap((one) =>
    'commands' in one ? one.commands.map((command) => section(command, one.usage)) : [section(one)],
  );
  return `# Commands

<!-- Written by \`node scripts/check-docs.mjs --write\` from the tables of the command line. -->

\`postern COMMAND --help\` and \`postern man\` print the same. [Options that commands have in common](command-line.md) are explained on a page of their
own, and so are [the commands around the spec](command-line.md#the-spec-and-the-shell).

${table(
  'command',
  sections.map(({ name, summary }) => `| [\`${name}\`](#${name.replaceAll(' ', '-')}) | ${cell(summary)} |`),
)}

${sections.map(({ text }) => text).join('\n\n')}

## Options of every command

${table('option', COMMON_OPTIONS.map(optionRow))}

## Variables of the environment

${table(
  'variable',
  ENVIRONMENT.map(([name, description]) => `| \`${name}\` | ${cell(description)} |`),
)}
`;
}
