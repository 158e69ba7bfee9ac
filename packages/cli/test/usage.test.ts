import { parseSpec } from '../../core/test/clouds.js';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../src/grammar/command-list.js';
import { VERSION } from '../src/version.js';
import { cloud, folder, run } from './run-command.js';

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
  it.each([
    [[], /Usage: postern/],
    [['plna'], /^error INVALID_INPUT: unknown command 'plna'\n {2}Did you mean plan\?\n$/],
    [
      ['plan', '--frobnicate'],
      /^error INVALID_INPUT: unknown option '--frobnicate'\n {2}See 'postern plan --help'\.\n$/,
    ],
    [['version'], /^error INVALID_INPUT: unknown command 'version'\n {2}Write postern --version\.\n$/],
    [['get'], /^error INVALID_INPUT: unknown command 'get'\n {2}Write postern links, /],
    [['why', 'orders'], /^error INVALID_INPUT: unknown command 'why'\n {2}Write postern explain\.\n$/],
    [['check', '--watch'], /^error INVALID_INPUT: unknown option '--watch'\n {2}Write `postern watch`/],
    [['apply', '--auto-approve'], /^error INVALID_INPUT: unknown option '--auto-approve'\n {2}Write --yes\.\n$/],
    [['apply', '--dry-run'], /^error INVALID_INPUT: unknown option '--dry-run'\n {2}Write `postern plan`/],
    [
      ['-chdir=infra', 'plan'],
      /^error INVALID_INPUT: unknown option '-chdir[^']*'\n {2}Run the command in that folder/,
    ],
    [['plan', '--x\u001b[31m'], /^error INVALID_INPUT: unknown option '--x\\u\{1b\}\[31m'\n/],
    [['simulate', '--from', 'a.json'], /^error INVALID_INPUT: unknown option '--from'\n {2}Write --snapshot: /],
    [['validate', ''], /^error FILE_UNREADABLE: the name of a file is empty\n {2}Name a file/],
    [['log', 'a', 'b'], /^error INVALID_INPUT: too many arguments/],
    [['egress'], /^error INVALID_INPUT: missing required argument 'link'/],
    [['allow', 'x'], /^error INVALID_INPUT: no CIDR blocks given/],
    [['links', '--provider', 'gcp'], /^error INVALID_INPUT: .*Allowed choices are aws/],
    [['simulate', '--port', '70000'], /^error INVALID_INPUT: .*whole number from 0 to 65535/],
    [['simulate', '--port', '0', '--allow-host', 'http://a'], /^error INVALID_INPUT: Invalid host name: "http:/],
    [['simulate', '--speed', '0'], /^error INVALID_INPUT: .*above 0/],
    [['simulate', '--speed', 'NaN'], /^error INVALID_INPUT/],
    [['simulate', '--quota', 'vpc-links'], /^error INVALID_INPUT: .*NAME=NUMBER/],
    [
      ['simulate', '--quota', 'vpclinks=3', '--port', '0'],
      /^error INVALID_INPUT: No quota is called vpclinks; did you mean vpc-links\?\n/,
    ],
    [['simulate', '--quota', 'nonsense=3', '--port', '0'], /^error INVALID_INPUT: No quota is called nonsense/],
    [['simulate', '--account', '12', '--port', '0'], /^error INVALID_INPUT: .*twelve digits/],
    [['simulate', '--verify-signatures', '--port', '0'], /^error INVALID_INPUT: --verify-signatures requires --key/],
    [['apply', '--max-parallel', '0'], /^error INVALID_INPUT/],
  ])('%j is wrong usage', async (argv, text) => {
    const { status, out, err } = await run(argv, { cwd: folder() });
    expect({ status, out }).toEqual({ status: 64, out: '' });
    expect(err).toMatch(text);
  });
  it('does not repeat what may be a secret', async () => {
    const { err } = await run(['simulate', '--key', 'hunter2hunter2']);
    expect(err).toMatch(/^error INVALID_INPUT: --key.*\n.*ID:SECRET/);
    expect(err).not.toContain('hunter2');
  });
});

describe('init', () => {
  it('writes a spec that is valid except for its IDs, and refuses to replace one', async () => {
    const cwd = folder();
    const { status, out } = await run(['init', '--project', 'shop', '--region', 'eu-north-1'], { cwd });
    expect(status).toBe(0);
    expect(out).toMatch(/^Wrote postern\.yaml\./);
    const text = readFileSync(path.join(cwd, 'postern.yaml'), 'utf8');
    const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(text) ?? [];
    expect(JSON.parse(readFileSync(path.join(cwd, schema), 'utf8'))).toMatchObject({ title: 'Postern spec' });
    // contact M5: a checkout of the spec has the schema, and no journal.
    expect(readFileSync(path.join(cwd, '.postern', '.gitignore'), 'utf8')).toBe('*\n!.gitignore\n!spec.schema.json\n');
    expect(parseSpec(text)).toMatchObject({ project: 'shop', links: { main: { region: 'eu-north-1' } } });

    expect(await run(['init', '--project', 'other'], { cwd })).toMatchObject({
      status: 64,
      err: expect.stringContaining('--force'),
    });
    expect(readFileSync(path.join(cwd, 'postern.yaml'), 'utf8')).toBe(text);
    expect(await run(['init', '--project', 'other', '--force', '--json'], { cwd })).toMatchObject({ status: 0 });
    expect(readFileSync(path.join(cwd, 'postern.yaml'), 'utf8')).toContain('project: other');
  });
  it('writes placeholders that other commands name, with the line of each', async () => {
    const cwd = folder();
    await run(['init', '--project', 'shop'], { cwd });
    const { status, err } = await run(['plan'], { cwd });
    expect(status).toBe(64);
    expect(err).toContain('subnet-replace-me is a placeholder of `postern init`');
    expect(err).toContain('replaceme is a placeholder of `postern init`');
    expect(err).toMatch(/postern\.yaml:\d+:\d+\n.*Write the ID of an existing resource\./);
    expect(err).toMatch(
      /postern\.yaml:\d+:\d+\n.*Write the ID of an existing gateway; `postern gateways` lists them\./,
    );
    const text = readFileSync(path.join(cwd, 'postern.yaml'), 'utf8').replaceAll(
      /(?<=subnets: \[)[\w-]+|replaceme/g,
      'vpc-1',
    );
    writeFileSync(path.join(cwd, 'postern.yaml'), text);
    expect((await run(['plan'], { cwd })).err).not.toContain('placeholder');
  });
  it('is enough for what reads only its regions', async () => {
    const cwd = folder();
    const env = { POSTERN_SIMULATOR: (await cloud()).url };
    await run(['init', '--project', 'shop'], { cwd });
    expect((await run(['gateways'], { cwd, env })).out).toBe('No gateways in aws eu-west-1 of account 111122223333.\n');
    expect((await run(['links'], { cwd, env })).out).toBe('No links in eu-west-1.\n');
    const { status, out } = await run(['doctor'], { cwd, env });
    expect(status).toBe(3);
    expect(out).toMatch(/^failed {3}spec: .*placeholder/m);
    expect(out).toMatch(/^ok {7}credentials aws eu-west-1: /m);
  });
  it('names the project after the folder, and accepts another file name', async () => {
    const cwd = folder();
    expect(await run(['init', 'shop.yaml'], { cwd, env: { AWS_REGION: 'us-east-1' } })).toMatchObject({ status: 0 });
    const spec = parseSpec(readFileSync(path.join(cwd, 'shop.yaml'), 'utf8'));
    expect(spec.project).toBe(path.basename(cwd));
    expect(spec.links['main']?.region).toBe('us-east-1');
  });
  it.each([
    ['--provider', 'alibaba'],
    ['--region', 'cn-hangzhou'],
    ['--provider', 'alibaba', '--region', 'cn-beijing'],
  ])('contact M8: writes a spec of Alibaba Cloud with %s %s %s %s', async (...options) => {
    const cwd = folder();
    expect(await run(['init', '--project', 'shop', ...options], { cwd })).toMatchObject({ status: 0 });
    const text = readFileSync(path.join(cwd, 'postern.yaml'), 'utf8');
    const region = options.includes('cn-beijing') ? 'cn-beijing' : 'cn-hangzhou';
    expect(parseSpec(text)).toMatchObject({
      links: { main: { provider: 'alibaba', region } },
      integrations: { orders: { gateway: { stages: ['RELEASE'] } } },
    });
    expect((await run(['plan'], { cwd })).err).toContain('apigateway-hz-replaceme is a placeholder of `postern init`');
  });
  it('contact M8: tells at once that a region is not one of the cloud', async () => {
    const cwd = folder();
    const { status, err } = await run(['init', '--provider', 'aws', '--region', 'cn-hangzhou'], { cwd });
    expect([status, err]).toEqual([64, expect.stringContaining('"cn-hangzhou" is not a valid AWS region')]);
    expect(existsSync(path.join(cwd, 'postern.yaml'))).toBe(false);
  });
  it.each([
    ['--project', '../x'],
    ['--region', 'nowhere'],
    ['--region', 'eu-west-1\nlinks: {}'],
  ])('%s %j is refused before anything is written', async (option, value) => {
    const cwd = folder();
    expect(await run(['init', option, value], { cwd })).toMatchObject({ status: 64 });
    expect(existsSync(path.join(cwd, 'postern.yaml'))).toBe(false);
  });
});
