import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/commands/command-list.js';
import type { CommandDescription } from '../../src/grammar/options.js';
import { optionsOf } from '../../src/grammar/options-of.js';
import { folder, run } from '../run-command.js';

const ALL = COMMANDS.flatMap((one) =>
  'commands' in one
    ? one.commands.map((command: CommandDescription) => [`${one.usage} ${command.usage}`, command] as const)
    : [[one.usage, one] as const],
);

/** Commands whose options name what they read or make, not links of a spec: whole regions, or one move. */
const OWN_PLACE = /^(?:init|import|snapshot|advise|migrate|handover|shift|rehearse (?:plan|migrate))\b/;
/** What stands for arguments; and the options that a command needs besides. */
const ARGUMENTS: Readonly<Record<string, readonly string[]>> = {
  '<link>': ['main'],
  '[cidr...]': ['10.20.1.0/24'],
  '<cidr...>': ['10.20.1.0/24'],
};
const MORE: Readonly<Record<string, readonly string[]>> = {
  apply: ['--yes'],
  destroy: ['--yes'],
  forget: ['--yes'],
  allow: ['--yes'],
  revoke: ['--yes'],
  watch: ['--once'],
  rehearse: ['--snapshot', 'now.json'],
};
const OTHER = { '--region': 'us-east-1', '--provider': 'alibaba', '--profile': 'other' } as const;
const NAMED = { '--region': 'eu-west-1', '--provider': 'aws', '--profile': 'mine' } as const;
const SPEC = `version: 1
project: shop
spec: shop-7f3k2q
links:
  main: { provider: aws, region: eu-west-1, profile: mine, subnets: [subnet-0a], allowlist: [10.20.1.0/24] }
`;

/** Each command × each option of a place that it has. */
const TABLE = ALL.filter(([usage]) => !OWN_PLACE.test(usage)).flatMap(([usage, command]) => {
  const flags = optionsOf(command).map((one) => one.flags.split(' ')[0] ?? '');
  return (Object.keys(OTHER) as (keyof typeof OTHER)[])
    .filter((option) => flags.some((one) => one === option))
    .map((option) => [usage, option] as const);
});

describe('an option of a place where the spec names another one', () => {
  it('is tried with every command that has one', () => {
    expect(TABLE.length).toBeGreaterThan(30);
  });
  it.each(TABLE)('postern %s, %s: refused with both places, before any call', async (usage, option) => {
    const words = usage.split(' ');
    const name = words.filter((word) => /^\w/.test(word));
    const argv = [...name, ...words.flatMap((word) => ARGUMENTS[word] ?? []), ...(MORE[name[0] ?? ''] ?? [])];
    const cwd = folder({ 'postern.yaml': SPEC });
    const { out, err, status } = await run([...argv, option, OTHER[option]], { cwd, env: {} });
    const text = `${out}${err}`; // doctor reports it as a line
    expect(text).toContain(`${option} ${OTHER[option]}: the spec names ${NAMED[option]} for link main`);
    expect(text).toContain('postern.yaml:5:');
    expect(status).toBe(name[0] === 'doctor' ? 3 : 64);
  });
});
