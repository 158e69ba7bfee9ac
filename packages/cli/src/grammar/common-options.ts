import type { OptionDescription } from './description.js';

/** Options of every command, in the order in which help lists them. */
export const COMMON_OPTIONS: readonly OptionDescription[] = [
  { flags: '--json', description: 'print JSON instead of text' },
  {
    flags: '--query <expression>',
    description: 'print what this JMESPath expression selects of the JSON; implies --json',
  },
  {
    flags: '--debug',
    description: 'print each cloud API call, with its request ID, on stderr',
    callsCloud: true,
  },
  {
    flags: '--color <when>',
    description: 'auto: on a terminal, unless NO_COLOR or FORCE_COLOR is set; always; or never',
    choices: ['auto', 'always', 'never'],
  },
  { flags: '--no-color', description: 'the same as --color never' },
  { flags: '-q, --quiet', description: 'print errors and notes only; the exit status is the result' },
];
