import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../src/grammar/command-list.js';
import { VERSION } from '../src/version.js';
import { run } from './run-command.js';

const nameOf = ({ usage }: { readonly usage: string }): string => usage.split(' ')[0] ?? '';
const NAMES = COMMANDS.map(nameOf);
/** Each command, with its group if it has one. */
const PATHS = COMMANDS.flatMap((one) =>
  'commands' in one ? one.commands.map((command) => [nameOf(one), nameOf(command)]) : [[nameOf(one)]],
);

describe('usage', () => {
  it('has the commands of the design', () => {
    expect(NAMES).toEqual([
      'init',
      'import',
      'export',
      'validate',
      'fmt',
      'advise',
      'check',
      'watch',
      'explain',
      'graph',
      'plan',
      'show',
      'apply',
      'destroy',
      'probe',
      'log',
      'list',
      'links',
      'gateways',
      'quotas',
      'egress',
      'allow',
      'revoke',
      'forget',
      'snapshot',
      'migrate',
      'shift',
      'handover',
      'rehearse',
      'fleet',
      'mcp',
      'cidr',
      'simulate',
      'doctor',
      'completion',
      'man',
    ]);
  });
  it.each(PATHS.map((words) => [words.join(' '), words] as const))(
    '%s --help shows examples, --json and, where a cloud is called, --debug, on stdout',
    async (_, words) => {
      const { status, out, err } = await run([...words, '--help']);
      expect({ status, err }).toEqual({ status: 0, err: '' });
      expect(out).toMatch(/\nExamples:\n {2}\$ \S/);
      expect(out).toMatch(words[0] === 'cidr' ? /--json(?![\s\S]*--debug)/ : /--json[\s\S]*--debug/);
      const group = words.slice(0, -1);
      expect(await run([...group, 'help', ...words.slice(-1)])).toMatchObject({ status: 0, out });
    },
  );
  it('lists the commands', async () => {
    const { status, out } = await run(['--help']);
    expect(status).toBe(0);
    for (const name of NAMES) expect(out).toMatch(new RegExp(`^  ${name} `, 'm'));
  });
  it('prints its version', async () => {
    const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect(VERSION).toBe(manifest.version);
    expect(await run(['--version'])).toMatchObject({ status: 0, out: `${VERSION}\n` });
  });
});
