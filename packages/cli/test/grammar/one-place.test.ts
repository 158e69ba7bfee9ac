import { readFileSync } from 'node:fs';
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
  '[integration]': ['orders'],
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
  'migrate validate': ['--api', 'a1b2c3', '--from', 'vlink1', '--to', 'vlink2'],
};
const readExample = (name: string): string =>
  readFileSync(new URL(`../../../../examples/terraform/${name}`, import.meta.url), 'utf8');
const OTHER = { '--region': 'us-east-1', '--provider': 'alibaba', '--profile': 'other' } as const;
const NAMED = { '--region': 'eu-west-1', '--provider': 'aws', '--profile': 'mine' } as const;
const SPEC = `version: 1
project: shop
spec: shop-7f3k2q
links:
  main: { provider: aws, region: eu-west-1, profile: mine, subnets: [subnet-0a], allowlist: [10.20.1.0/24] }
`;
const SPEC_WITHOUT_PLACE = `${SPEC.replace(/region: .*?, profile: mine, /, '')}integrations:
  orders:
    link: main
    gateway: { httpApi: a1b2c3d4e5 }
    targets: { orders: { listener: { loadBalancer: orders, port: 80 } } }
    routes: { 'GET /orders': orders }
`;

const flagsOf = (command: CommandDescription): readonly string[] =>
  optionsOf(command).map((one) => one.flags.split(' ')[0] ?? '');

/** Each command × each option of a place that it has. */
const placeOptions = (all: typeof ALL) =>
  all.flatMap(([usage, command]) =>
    (Object.keys(OTHER) as (keyof typeof OTHER)[])
      .filter((option) => flagsOf(command).includes(option))
      .map((option) => [usage, option] as const),
  );
/** What lists a region that is named reads no spec. */
const LISTED = /^(?:links|gateways)/;
const TABLE = placeOptions(ALL.filter(([usage]) => !OWN_PLACE.test(usage))).filter(
  ([usage, option]) => option !== '--region' || !LISTED.test(usage),
);

/** What is read in place of the clouds, by command. A rehearsal makes the twin of its snapshot, and its options are for links. */
const FILES: readonly (readonly [usage: RegExp, argv: readonly string[], names: Readonly<Record<string, string>>])[] = [
  [/^(?!rehearse|import)/, ['--snapshot', 'now.json'], { '--region': 'eu-west-1', '--provider': 'aws' }],
  [/^import/, ['--snapshot', 'now.json'], { '--region': 'eu-west-1', '--provider': 'aws' }],
  [/^import/, ['--terraform', 'plan.json'], { '--region': 'eu-west-1', '--provider': 'aws' }],
  [/^advise/, ['needs.yaml'], { '--region': 'us-east-1', '--provider': 'aws' }],
];
const BESIDE_FILES = FILES.flatMap(([usage, argv, names]) =>
  placeOptions(
    ALL.filter(([one, command]) => usage.test(one) && (argv.length < 2 || flagsOf(command).includes(argv[0] ?? ''))),
  )
    .map(([one, option]) => ({ usage: one, option, argv, named: names[option] }))
    // That the other options are not for this cloud is found before.
    .filter((one) => one.usage !== 'migrate validate' || one.option !== '--provider'),
);

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

describe('an option of a place where a file that is read in place of the clouds has another one', () => {
  it.each(BESIDE_FILES)('postern $usage $argv.0, $option: refused', async ({ usage, option, argv, named }) => {
    const words = usage.split(' ');
    const name = words.filter((word) => /^\w/.test(word));
    const cwd = folder({
      'postern.yaml': SPEC_WITHOUT_PLACE,
      'now.json': readExample('base.json'),
      'plan.json': readExample('fixed.json'),
      'needs.yaml': (await run(['advise', '--example'])).out,
    });
    const given = argv[0] === 'needs.yaml' && option === '--region' ? 'eu-west-1' : OTHER[option];
    const all = [...name, ...words.flatMap((word) => ARGUMENTS[word] ?? []), ...(MORE[name.join(' ')] ?? []), ...argv];
    const { err, status } = await run([...all, option, given], { cwd, env: { AWS_REGION: 'eu-west-1' } });
    const what = named === undefined ? 'is read without a call' : `has ${named}`;
    expect(err).toContain(`${option} ${given}: ${argv.at(-1)} ${what}`);
    expect(status).toBe(64);
  });
});
