import { COMMAND_GROUPS } from '../commands/command-list.js';
import { nameOf } from './options-of.js';

/** The help of the whole command: its groups, with the first clause of each summary. */
export function topHelp(): string {
  const groups = COMMAND_GROUPS.map(({ title, commands, others }) => {
    const lines = commands.map((one) => `  ${nameOf(one).padEnd(10)} ${/^[^,;:]*/.exec(one.summary)?.[0]}`);
    const rest = others.length === 0 ? [] : [`  also: ${others.map(nameOf).join(', ')}`];
    return [`${title}:`, ...lines, ...rest].join('\n');
  });
  return `Usage: postern [options] [command]

${groups.join('\n\n')}

postern COMMAND --help has options and examples; postern man has all, with the
variables of the environment; --version is the version. Try it without an
account: postern simulate.
`;
}
