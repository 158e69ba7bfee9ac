import { spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../src/commands/command-list.js';
import { bundleCommand } from '../kills/postern-command.js';
import { folder, run } from '../run-command.js';
import { PROVE } from '../../../core/test/runs.js';

// With what `postern init` leaves to fill in.
const SPEC = `version: 1
project: shop
spec: shop-7f3k2q
links:
  main: { provider: aws, region: mx-central-1, subnets: [subnet-replace-me] }
  cn: { provider: alibaba, id: apigateway-hz-replaceme }
integrations:
  orders:
    link: main
    gateway: { httpApi: a1b2c3d4e5 }
    targets: { blue: { listener: { loadBalancer: orders, port: 80 } } }
    routes: { 'ANY /orders/{proxy+}': blue, 'GET /stock': blue }
`;

/** What `postern __complete` prints for the words of a command line, the last of which is typed. */
async function printed(words: readonly string[], spec = SPEC, shell = 'bash'): Promise<string> {
  const cwd = folder({ 'postern.yaml': spec, 'other.yaml': SPEC.replaceAll('main', 'second') });
  const { status, out, err } = await run(['__complete', shell, ...words], { cwd });
  expect({ status, err }).toEqual({ status: 0, err: '' });
  return out;
}
const wordsOf = (out: string): readonly string[] =>
  out.split('\n').flatMap((line) => line.split('\t', 1).filter(Boolean));

describe('__complete', () => {
  it.each([
    [['val'], ['validate']],
    [['migrate', 'ro'], ['rollback']],
    [['migrate', 'help', 'ro'], ['rollback']],
    [['--ver'], ['--version']],
    [
      ['plan', '--re'],
      ['--region', '--replace-failed'],
    ],
    [['plan', '--region', 'eu-west-1', '--re'], ['--replace-failed']],
    [['plan', '--region', 'mx'], ['mx-central-1']],
    [['plan', '--region', '=', 'mx'], ['mx-central-1']],
    [['plan', '--region=mx'], ['--region=mx-central-1']],
    [
      ['plan', '--region', 'eu-west-'],
      ['eu-west-1', 'eu-west-2', 'eu-west-3'],
    ],
    [
      ['plan', '--only', 'main', ''],
      ['main', 'cn', 'orders', 'orders/blue'],
    ],
    [['plan', ''], [':files']],
    [['plan', '-o', ''], [':files']],
    [['plan', 'a.yaml', ''], [':files']],
    [['graph', 'a.yaml', ''], []],
    [['plan', '-f', ''], [':files']],
    [
      ['links', '--provider', ''],
      ['aws', 'alibaba'],
    ],
    [
      ['egress', ''],
      ['main', 'cn'],
    ],
    [
      ['egress', '--spec', 'other.yaml', ''],
      ['second', 'cn'],
    ],
    [['egress', '--spec=other.yaml', 's'], ['second']],
    [
      ['links', '--kind', ''],
      ['vpc-link-v2', 'vpc-link-v1', 'integration-instance', 'apig-gateway'],
    ],
    [['allow', 'main', ''], []],
    [['explain', 'o'], ['orders']],
    [['explain', 'orders', "'GET /s"], ['GET /stock']],
    [['explain', 'orders', String.raw`GET\ /s`], ['GET /stock']],
    [
      ['forget', 'postern.yaml', 'links.'],
      ['links.main', 'links.cn'],
    ],
    [['forget', '--spec-id', ''], ['shop-7f3k2q']],
    [
      ['completion', ''],
      ['bash', 'zsh', 'fish', 'powershell'],
    ],
    [['nonsense', ''], []],
    [['plan', '--nonsense', 'x', '--js'], ['--json']],
  ])('%j can end with %j', async (words, expected) => {
    expect(wordsOf(await printed(words))).toEqual(expected);
  });

  it('has every command first, with its summary', async () => {
    expect(await printed([''])).toMatch(/^plan\tshow what apply would do$/m);
    expect(wordsOf(await printed(['']))).toEqual([...COMMANDS.map(({ usage }) => usage.split(' ')[0]), 'help']);
    expect(wordsOf(await printed(['=va'], SPEC, 'powershell'))).toEqual(['validate']);
  });

  it.each([
    ['is broken', 'links: ['],
    ['is binary', '\u0000'],
    ['misses a variable', SPEC.replace('a1b2c3d4e5', "'${env:API}'")],
  ])('prints nothing where the spec %s', async (_, spec) => {
    for (const words of [
      ['egress', ''],
      ['explain', ''],
      ['plan', '--only', ''],
    ])
      expect(await printed(words, spec)).toBe('');
  });

  it('does not execute a spec that is a program', async () => {
    const cwd = folder({ 'spec.mjs': "throw process.kill(process.pid, 'SIGKILL')" });
    expect(await run(['__complete', 'bash', 'egress', '--spec', 'spec.mjs', ''], { cwd })).toMatchObject({ out: '' });
  });
});

/** A folder with a spec, and a `postern` on the path. */
async function shellFolder(): Promise<{ readonly cwd: string; readonly env: Record<string, string> }> {
  const { bin } = await bundleCommand();
  const cwd = folder({ 'postern.yaml': SPEC });
  const there = folder({ postern: `#!/bin/sh\nexec '${process.execPath}' '${bin}' "$@"\n` });
  chmodSync(path.join(there, 'postern'), 0o755);
  return { cwd, env: { PATH: `${there}:${process.env['PATH'] ?? ''}`, HOME: cwd, TERM: 'dumb' } };
}

const isInstalled = (shell: string): boolean => spawnSync(shell, ['-c', 'exit 0']).status === 0;

describe('the scripts', () => {
  it.runIf(PROVE)('complete in bash, and evaluate nothing that was typed', async ({ skip }) => {
    skip(!isInstalled('bash'), 'bash is not installed');
    const { cwd, env } = await shellFolder();
    const script = `source <(postern completion bash); source <(postern completion bash)
      try() { COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); _postern; printf '<%s>' "\${COMPREPLY[@]}"; echo; }
      try postern pla
      try postern explain orders "'ANY"
      try postern explain orders GET
      try postern plan --region = mx
      try postern plan post
      try postern plan '$(touch evaluated)' '\`touch evaluated\`' --onl
      ls`;
    const { stdout, stderr } = spawnSync('bash', ['--norc', '-c', script], { cwd, env, encoding: 'utf8' });
    expect({ lines: stdout.trim().split('\n'), stderr }).toEqual({
      lines: [
        '<plan>',
        '<ANY /orders/{proxy+}>',
        String.raw`<GET\ /stock>`,
        '<mx-central-1>',
        '<postern.yaml>',
        '<--only>',
        'postern.yaml',
      ],
      stderr: '',
    });
  });

  it('complete in fish', async ({ skip }) => {
    skip(!PROVE, 'only in `npm run prove`');
    skip(!isInstalled('fish'), 'fish is not installed');
    const { cwd, env } = await shellFolder();
    const typed = ['postern pla', 'postern explain orders GET', 'postern plan --region=mx', 'postern plan post'];
    const script = ['postern completion fish | source', ...typed.map((line) => `complete -C '${line}'`)].join('\n');
    const { stdout, stderr } = spawnSync('fish', ['--no-config', '-c', script], { cwd, env, encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({
      stdout: 'plan\tshow what apply would do\nGET /stock\n--region=mx-central-1\npostern.yaml\n',
      stderr: '',
    });
  });

  it('complete in zsh, at its prompt', async ({ skip }) => {
    skip(!PROVE, 'only in `npm run prove`');
    skip(!isInstalled('zsh'), 'zsh is not installed');
    const { cwd, env } = await shellFolder();
    // A shell in a terminal: Tab is pressed, then Enter, and a function shows the words.
    const script = `zmodload zsh/zpty; zpty shell zsh -f -i
      zpty -w shell 'autoload -U compinit; compinit -u -D; source <(postern completion zsh); postern() { print -r -- "GOT<$1|$2|$3>" }; print READ""Y'
      zpty -r -m shell line '*READY*'
      try() {
        zpty -w -n shell "postern $1"$'\\t\\n'
        zpty -r -m shell line '*GOT<*>*'
        print -r -- "\${\${line##*GOT}%%>*}>"
      }
      try pla; try 'explain orders ANY'; try 'plan --region=mx'; try 'plan post'`;
    const { stdout, stderr } = spawnSync('zsh', ['-f', '-c', script], { cwd, env, encoding: 'utf8' });
    expect({ lines: stdout.trim().split('\n'), stderr }).toEqual({
      lines: [
        '<plan||>',
        '<explain|orders|ANY /orders/{proxy+}>',
        '<plan|--region=mx-central-1|>',
        '<plan|postern.yaml|>',
      ],
      stderr: '',
    });
  });

  it('are printed for four shells, and no other', async () => {
    for (const shell of ['bash', 'zsh', 'fish', 'powershell']) {
      const { status, out } = await run(['completion', shell]);
      expect([status, out]).toEqual([0, expect.stringContaining(`postern __complete ${shell} `)]);
    }
    expect(await run(['completion', 'csh'])).toMatchObject({
      status: 64,
      err: expect.stringContaining('Write bash, zsh, fish, powershell.'),
    });
    const { out } = await run(['completion', 'zsh', '--json']);
    expect(JSON.parse(out)).toEqual({ shell: 'zsh', script: expect.stringMatching(/^#compdef postern\n/) });
  });
});

it('the manual page: has every command, option and variable', async ({ skip }) => {
  const { status, out } = await run(['man']);
  expect(status).toBe(0);
  const plain = out.replaceAll(String.raw`\-`, '-');
  for (const { usage, ...one } of COMMANDS.flatMap((all) => ('commands' in all ? all.commands : [all]))) {
    expect(plain).toContain(`${usage}"\n`);
    for (const { flags } of one.options) expect(plain).toContain(`.TP\n\\fB${flags}\\fR\n`);
  }
  expect(plain).toContain('\\fBPOSTERN_SIMULATOR\\fR');
  skip(spawnSync('man', ['--version']).status !== 0, 'man is not installed');
  const file = path.join(folder(), 'postern.1');
  writeFileSync(file, out);
  expect(spawnSync('man', ['--warnings', '-l', file], { encoding: 'utf8' }).stderr).toBe('');
});
