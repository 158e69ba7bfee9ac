import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { PROVE } from '../../core/test/runs.js';
import { createProgram } from '../src/program.js';
import { Interrupted } from '../src/process/interrupted.js';
import { painter } from '../src/output/colors.js';
import type { Io } from '../src/process/io.js';
import { cidr } from './cidr/run-cidr.js';
import { cloud, folder, network, run, specOf, type Network, type RunOptions } from './run-command.js';

describe('with a network and a spec', () => {
  let there: Network;
  let cwd: string;
  let env: Record<string, string>;
  let tag: () => Promise<unknown>;
  let another: () => Promise<unknown>;
  let unserve: () => Promise<unknown>;
  const postern = (argv: string, more: RunOptions = {}) => run(argv.split(' '), { cwd, env, ...more });

  beforeEach(async () => {
    const server = await cloud();
    there = await network(server);
    env = { POSTERN_SIMULATOR: server.url };
    const wide = specOf(there).replace('allowlist: [10.0.0.0/16]', 'allowlist: [10.0.0.0/16, 10.0.2.0/24]');
    cwd = folder({ 'postern.yaml': wide });
    const { apiGatewayV2, ec2, elasticLoadBalancingV2 } = server.simulation.clients('eu-west-1');
    another = () => apiGatewayV2.createVpcLink({ Name: 'next', SubnetIds: [...there.subnets] });
    unserve = () => elasticLoadBalancingV2.deleteListener({ ListenerArn: there.listener });
    tag = () => ec2.createTags({ Resources: [there.vpc], Tags: [{ Key: 'x', Value: 'y' }] });
  });

  it.runIf(PROVE)(
    'Low: an allowlist entry that another one covers is declared: apply changes nothing for it',
    async () => {
      expect((await postern('apply --yes')).status).toBe(0);
      expect((await postern('plan')).out).toContain('No changes; 2 unchanged.\n');
    },
  );

  it.runIf(PROVE)(
    'Low: allow and revoke report what they did not change, and a block that allows every address',
    async () => {
      await postern('apply --yes');
      expect((await postern('allow main 10.0.9.0/24 --yes')).err).toContain(
        'is covered by 10.0.0.0/16: nothing was added',
      );
      const missing = (await postern('revoke main 9.9.9.0/24 --yes')).err;
      expect(missing).toContain('9.9.9.0/24 is not on the allowlist: nothing was revoked');
      expect(missing).not.toContain('write the change there');
      expect((await postern('allow main 0.0.0.0/0 --yes')).err).toContain('allows the link to reach every address');
      expect((await postern('plan')).out).toContain('the allowlist has entries that the spec does not list');
    },
  );

  it.runIf(PROVE)('Low: --resources is supported on Alibaba Cloud only, as its help says', async () => {
    await postern('apply --yes');
    expect((await postern('allow main --list --resources')).err).toContain('UNSUPPORTED');
    expect((await postern('allow --help')).out.replaceAll(/\s+/g, ' ')).toContain('each block (Alibaba Cloud only)');
  });

  it('Low: Ctrl-C interrupts a step, which is not reported as failed', async () => {
    const stop = new AbortController();
    const { status, out } = await postern('apply --yes', {
      signal: stop.signal,
      onOut: (text) => {
        if (text.includes('is PENDING')) stop.abort(new Interrupted('SIGINT'));
      },
    });
    expect([status, out]).toEqual([130, expect.stringContaining('create link main: interrupted')]);
    expect(out).not.toContain('failed');
  });

  it('Low: snapshot reads the resources that the spec of the folder names, where no region is given', async () => {
    const { status, err } = await postern('snapshot -o a.json');
    expect([status, err]).toEqual([0, expect.stringContaining('the snapshot holds what postern.yaml names')]);
    expect(existsSync(path.join(cwd, 'a.json'))).toBe(true);
  });

  it('Low: a malformed region is reported as not valid, in options and in specs', async () => {
    expect(await postern('links --region eu-west1')).toMatchObject({
      status: 64,
      err: expect.stringContaining('"eu-west1" is not a valid AWS region'),
    });
    const wrong = folder({ 'postern.yaml': specOf(there).replace('eu-west-1', 'eu-west1') });
    expect((await postern('plan', { cwd: wrong })).err).toContain(
      '"eu-west1" is not a valid AWS region\n  postern.yaml',
    );
  });

  it('Low: a tag is not a change of a path; at new errors snapshot diff exits with 3', async () => {
    await postern('apply --yes');
    await postern('snapshot --region eu-west-1 -o a.json');
    await tag();
    await postern('snapshot --region eu-west-1 -o b.json');
    const { status, out } = await postern('snapshot diff a.json b.json');
    expect([status, out]).toEqual([0, expect.stringMatching(/Other changes:\n.*tag x: none → y/)]);
    expect(out).not.toContain('may change a path');
    await unserve();
    await postern('snapshot --region eu-west-1 -o c.json');
    expect((await postern('snapshot diff a.json c.json --spec postern.yaml')).status).toBe(3);
    expect((await postern('snapshot diff c.json c.json --spec postern.yaml')).status).toBe(0);
  });

  it('Low: every command accepts --spec, and refuses a second name of the spec', async () => {
    for (const command of ['check', 'plan', 'apply --yes', 'destroy --yes']) {
      expect((await postern(`${command} --spec nowhere.yaml`)).err).toContain('nowhere.yaml');
      expect((await postern(`${command} a.yaml --spec b.yaml`)).err).toContain('the spec is named twice');
    }
    expect((await postern('plan --spec postern.yaml')).out).toContain('2 to create');
  });

  it('Low: --quiet prints no result', async () => {
    const { status, out } = await postern('plan --detailed-exitcode --quiet');
    expect({ status, out }).toEqual({ status: 2, out: '' });
  });

  it.runIf(PROVE)('Low: migrate validate accepts names of links, and writes files and JUnit', async () => {
    await postern('apply --yes');
    await another();
    const argv = `migrate validate --region eu-west-1 --api ${there.api} --from main --to next --junit -o m.xml`;
    const { err } = await postern(argv);
    expect(err).toContain('the report is in m.xml');
    expect(readFileSync(path.join(cwd, 'm.xml'), 'utf8')).toContain('<testsuites');
  });
});

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

  it('Low: the error for an unknown quota names the most similar one, not all', async () => {
    const { err } = await run(['simulate', '--port', '0', '--quota', 'vpclinks=3']);
    expect(err).toContain('did you mean vpc-links?');
    expect(err.length).toBeLessThan(200);
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
