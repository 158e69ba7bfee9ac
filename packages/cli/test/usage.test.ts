import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../src/commands/command-list.js';
import { VERSION } from '../src/version.js';
import { folder, run } from './run-command.js';

const nameOf = ({ usage }: { readonly usage: string }): string => usage.split(' ')[0] ?? '';
const NAMES = COMMANDS.map(nameOf);
/** Each command, with its group if it has one. */
const PATHS = COMMANDS.flatMap((one) =>
  'commands' in one ? one.commands.map((command) => [nameOf(one), nameOf(command)]) : [[nameOf(one)]],
);

describe('usage', () => {
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
  it('lists the commands in four groups, on one screen', async () => {
    const { status, out } = await run(['--help']);
    expect(status).toBe(0);
    expect(NAMES).toHaveLength(36);
    for (const name of NAMES) expect(out).toMatch(new RegExp(`^  (?:${name} |also: .*\\b${name}\\b)`, 'm'));
    expect(out.match(/:$/gm)).toHaveLength(4);
    const lines = out.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });
  it('prints its version', async () => {
    const manifest = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
      version: string;
    };
    expect(VERSION).toBe(manifest.version);
    expect(await run(['--version'])).toMatchObject({ status: 0, out: `${VERSION}\n` });
  });
});

describe('what other tools write', () => {
  it.each([
    [['plan', '-out=p.json'], "unknown option '-out=p.json'", 'Write -o or --output.'],
    [['plan', '-out', 'p.json'], "unknown option '-out'", 'Write -o or --output.'],
    [['check', '-format=json'], "unknown option '-format=json'", 'Write --json.'],
    [['check', '--format', 'json'], "unknown option '--format'", 'Write --json.'],
    [['terraform'], "unknown command 'terraform'", 'Write postern check --terraform FILE'],
    [['plan', '--snapshot', 's.json'], "unknown option '--snapshot'", 'this command reads the clouds'],
  ])('%j: %s', async (argv, message, remedy) => {
    const { status, err } = await run(argv, { cwd: folder({}) });
    expect(err).toContain(message);
    expect(err).toContain(remedy);
    expect(status).toBe(64);
  });

  it.each([
    ['delete', 'destroy'],
    ['diff --json', 'plan --json'],
    ['logs --run x', 'log --run x'],
    ['get links', 'links'],
    ['get gateways --json', 'gateways --json'],
    ['help delete', 'help destroy'],
  ])('%s is %s', async (given, own) => {
    const [one, other] = [given, own].map((line) => run(`${line} --help`.split(' ')));
    expect(await one).toEqual({ ...(await other), status: 0 });
  });
  it.each(
    'console force-unlock get lint output providers refresh state taint test workspace create describe edit rollout wait'.split(
      ' ',
    ),
  )('%s of Terraform or kubectl: the error names a command that exists', async (word) => {
    const [, command = ''] = /^ {2}Write postern (\w+)/m.exec((await run([word])).err) ?? [];
    expect(NAMES).toContain(command);
  });

  it.each([
    [
      'main.tf',
      'resource "aws_vpc" "main" {\n  cidr_block = "10.0.0.0/16"\n}\n',
      'a configuration of Terraform',
      '--terraform',
    ],
    ['service.yaml', 'apiVersion: v1\nkind: Service\n', 'a manifest of Kubernetes', 'postern init'],
  ])('the file %s is named for what it is', async (name, text, what, remedy) => {
    const { status, err } = await run(['validate', name], { cwd: folder({ [name]: text }) });
    expect(err).toContain(`${name}: this is ${what}, not a spec`);
    expect(err).toContain(remedy);
    expect(status).toBe(64);
  });

  it('a program that does not exist is reported as that', async () => {
    for (const argv of [
      ['validate', 'nosuch.ts'],
      ['validate', 'shop.yaml', '--cloud', 'nosuch.ts'],
    ]) {
      const { status, err } = await run(argv, { cwd: folder({ 'shop.yaml': 'version: 1\n' }) });
      expect(err).toMatch(/^error FILE_UNREADABLE: nosuch\.ts: the file or its folder does not exist\n/);
      expect(status).toBe(64);
    }
  });
});
