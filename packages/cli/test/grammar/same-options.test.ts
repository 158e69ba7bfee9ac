import { Option } from 'commander';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/commands/command-list.js';
import { type CommandDescription, drainSeconds, duration } from '../../src/grammar/options.js';
import { optionsOf } from '../../src/grammar/options-of.js';

const ALL = COMMANDS.flatMap((one): readonly CommandDescription[] => ('commands' in one ? one.commands : [one]));

/** Options whose values are of several kinds, with all of them; docs/command-line.md has the reasons. */
const DIFFERENT = new Map([
  ['--only', ['<names...>', '<patterns...>']],
  ['--to', ['<link>', '<target>']],
  ['--variable', ['<name=value>', '<stage.name=value>']],
]);

describe('an option in all commands', () => {
  it('has the same short name and the same kind of value', () => {
    const kinds = new Map<string, Set<string>>();
    for (const { flags } of ALL.flatMap(optionsOf)) {
      const { long = '', short = '' } = new Option(flags);
      const value = /[<[].*$/.exec(flags)?.[0] ?? '';
      kinds.set(long ?? '', (kinds.get(long ?? '') ?? new Set()).add(`${short ?? ''}${value}`));
    }
    const several = [...kinds].filter(([, found]) => found.size > 1);
    expect(new Map(several.map(([long, found]) => [long, [...found].toSorted()]))).toEqual(DIFFERENT);
  });
  it('does not have the name of another one without `no`', () => {
    const names = new Set(ALL.flatMap(optionsOf).map(({ flags }) => new Option(flags).long ?? ''));
    const both = [...names].filter((name) => names.has(name.replace('--', '--no-')));
    expect(both).toEqual(['--color']);
  });
  it.each([
    ['60', 60],
    ['90s', 90],
    ['5m', 300],
    ['0', 0],
    ['1h', 3_600],
  ])('--drain %s is %i seconds', (text, seconds) => {
    expect(drainSeconds(text)).toBe(seconds);
    expect(duration(text)).toBe(seconds * 1_000);
  });
  it.each(['2h', '-1', '1d', '3601', '1.5'])('--drain %s is refused', (text) => {
    expect(() => drainSeconds(text)).toThrow('Write');
  });
});
