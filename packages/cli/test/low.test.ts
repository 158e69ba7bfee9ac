import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../src/program.js';
import { painter } from '../src/output/colors.js';
import type { Io } from '../src/process/io.js';
import { cidr } from './cidr/run-cidr.js';
import { cloud, folder, network, run, specOf } from './run-command.js';

describe('options and files', () => {
  it('Low: an option has one meaning in all commands', async () => {
    const help = async (command: string) => (await run([...command.split(' '), '--help'])).out;
    expect(await help('revoke')).toContain('--revoke-needed');
    expect(await help('revoke')).not.toContain('--force');
    expect(await help('import')).toContain('--link <id>');
    expect(await help('snapshot')).not.toContain('--scope');
  });

  it.each(['egress apigateway-hz-1', 'links --region cn-hangzhou', 'import --link apigateway-hz-1'])(
    'Low: the ID or region in `%s` selects Alibaba Cloud',
    async (argv) => {
      const env = { POSTERN_SIMULATOR: (await cloud()).url, ALIBABA_CLOUD_REGION_ID: 'cn-hangzhou' };
      expect((await run(argv.split(' '), { cwd: folder(), env })).err).not.toMatch(/REGION_MISSING|AWS/);
    },
  );

  it('Low: color follows NO_COLOR, FORCE_COLOR and --no-color', async () => {
    const io = (isTerminal: boolean, env: Io['env']): Io => ({
      stdout: { write: () => undefined, isTerminal },
      stderr: { write: () => undefined, isTerminal },
      canAsk: false,
      env,
      cwd: '/',
      signal: new AbortController().signal,
    });
    expect(painter(io(true, {}))).toBeDefined();
    expect(painter(io(false, {}))).toBeUndefined();
    expect(painter(io(false, { FORCE_COLOR: '1' }))).toBeDefined();
    expect(painter(io(true, { FORCE_COLOR: '1', NO_COLOR: '1' }))).toBeUndefined();
    expect(createProgram(io(false, {}), () => undefined).helpInformation()).toContain('postern');
    for (const command of ['plan', 'cidr merge'])
      expect((await run([...command.split(' '), '--help'])).out).toContain('--no-color');
    const server = await cloud();
    const cwd = folder({ 'postern.yaml': specOf(await network(server)) });
    const env = { POSTERN_SIMULATOR: server.url, FORCE_COLOR: '1' };
    expect((await run(['check'], { cwd, env })).out).toContain('\u001b[');
    expect((await run(['check', '--no-color'], { cwd, env })).out).not.toContain('\u001b[');
  });

  it.runIf(existsSync('/dev/full'))('Low: the remedy for a full device is to free space', async () => {
    const server = await cloud();
    const cwd = folder({ 'postern.yaml': specOf(await network(server)) });
    const { err } = await run(['check', '-o', '/dev/full'], { cwd, env: { POSTERN_SIMULATOR: server.url } });
    expect(err).toContain('Free space on the device, or name a file on another one.');
  });

  it('Low: every example of a command that needs a region names one', async () => {
    const { out } = await run(['simulate', '--help']);
    expect(out).toContain('postern snapshot --region eu-west-1 -o now.json');
  });

  it.each([
    [['--bits', '9', '--count', '3'], '1 of 3 free /9 blocks found'],
    [['--bits', '4'], 'no block of --pool holds a /4'],
  ])('Low: cidr free %j reports why there are too few', async (options, said) => {
    const { status, err } = await cidr(['free', '--pool', '10.0.0.0/8', ...options], '10.0.0.0/9\n');
    expect([status, err]).toEqual([3, `note: ${said}\n`]);
  });
});
