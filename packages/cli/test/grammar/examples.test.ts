import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/commands/command-list.js';
import type { CommandDescription, OptionDescription } from '../../src/grammar/options.js';
import { optionsOf } from '../../src/grammar/options-of.js';

const nameOf = ({ usage }: { readonly usage: string }): string => usage.split(' ')[0] ?? '';

/** Each command by its name: `cidr merge`. */
const BY_WORDS = new Map<string, CommandDescription>(
  COMMANDS.flatMap((one): [string, CommandDescription][] =>
    'commands' in one
      ? one.commands.map((command) => [`${nameOf(one)} ${nameOf(command)}`, command])
      : [[nameOf(one), one]],
  ),
);
const EXAMPLES = COMMANDS.flatMap((one) => [
  ...one.examples,
  ...('commands' in one ? one.commands.flatMap(({ examples }) => examples) : []),
]);

/** Words as a shell splits them, with the quotes that examples use; a pipe, `&&` or `>` ends a command. */
function callsOf(line: string): readonly (readonly string[])[] {
  const calls: string[][] = [[]];
  for (const [, single, double, bare = ''] of line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)) {
    const word = single ?? double ?? bare;
    if (['|', '&&', '>'].includes(bare)) calls.push([]);
    else calls.at(-1)?.push(word);
  }
  return calls.flatMap((words) => {
    const at = words.indexOf('postern');
    return at < 0 ? [] : [words.slice(at + 1)];
  });
}

const HELP: OptionDescription = { flags: '-h, --help', description: '' };

/** The error of the grammar for a call; undefined where it accepts the call. */
function mistakesIn(words: readonly string[]): readonly string[] {
  const [two, one] = [words.slice(0, 2).join(' '), words[0] ?? ''];
  const command = BY_WORDS.get(two) ?? BY_WORDS.get(one);
  if (command === undefined) return [`there is no command ${two}`];
  const rest = words.slice(BY_WORDS.has(two) ? 2 : 1);
  const mistakes: string[] = [];
  let operands = 0;
  for (let at = 0; at < rest.length; at += 1) {
    const word = rest[at] ?? '';
    if (!word.startsWith('-') || word === '-') {
      operands += 1;
      continue;
    }
    const option = [...optionsOf(command), HELP].find(({ flags }) => flags.split(/[ ,]+/).includes(word));
    if (option === undefined) mistakes.push(`no option ${word}`);
    else if (option.flags.includes('<')) {
      at += 1;
      const value = rest[at];
      if (value === undefined) mistakes.push(`${word} without a value`);
      else if (option.choices?.includes(value) === false) mistakes.push(`${word} ${value}`);
      else if (option.parse) option.parse(value, undefined); // throws for a value that it does not accept
      // An option with several values takes all words up to the next option.
      if (option.flags.includes('...>'))
        while (at + 1 < rest.length && rest[at + 1]?.startsWith('-') === false) at += 1;
    }
  }
  const needed = [...command.usage.matchAll(/<[^>]+>/g)].length;
  const most = command.usage.includes('...') ? Infinity : needed + [...command.usage.matchAll(/\[[^\]]+\]/g)].length;
  if (operands < needed || operands > most) mistakes.push(`${operands} arguments for ${command.usage}`);
  return mistakes;
}

describe('the examples of --help', () => {
  it.each(EXAMPLES)('the grammar accepts: %s', (line) => {
    for (const words of callsOf(line)) expect({ words, mistakes: mistakesIn(words) }).toEqual({ words, mistakes: [] });
  });
  it.each([
    ['postern plan --frobnicate', 'an option that no command has'],
    ['postern check --fail-on never', 'a value that is not a choice'],
    ['postern egress', 'an argument that is missing'],
    ['postern init a b', 'one argument too many'],
  ])('and refuses: %s (%s)', (line) => {
    expect(callsOf(line).flatMap(mistakesIn)).not.toEqual([]);
  });
});
