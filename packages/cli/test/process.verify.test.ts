import { spawnSync } from 'node:child_process';
import { chmodSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { bundleCommand, type PosternCommand } from './kills/postern-command.js';
import { cloud, folder, network, run, specOf } from './run-command.js';
import { sample } from '../../core/test/runs.js';

let command: PosternCommand;
beforeAll(async () => {
  command = await bundleCommand();
}, 120_000);
afterEach(() => command.end());

function start(
  argv: readonly string[],
  options: { cwd?: string; env?: Record<string, string>; uid?: number | undefined } = {},
) {
  const { child, ended } = command.start(argv, { cwd: import.meta.dirname, ...options });
  let out = '';
  const listeners = new Set<() => void>();
  child.stdout?.on('data', (chunk: Buffer) => {
    out += chunk.toString();
    for (const listener of listeners) listener();
  });
  const printed = (text: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = () => {
        const match = text.exec(out);
        if (match) resolve(match);
      };
      listeners.add(look);
      look();
      void ended.then(({ err }) => reject(new Error(`ended without ${String(text)}: ${out}${err}`)));
    });
  return { child, ended, printed };
}

describe('the command as a process', () => {
  it('simulates clouds until it is interrupted, and prints their address', async () => {
    const { child, ended, printed } = start([
      'simulate',
      '--port',
      '0',
      '--speed',
      '60',
      '--seed',
      '7',
      '--no-throttle',
      '--quota',
      'vpc-links=20',
      '--allow-host',
      'host.docker.internal',
    ]);
    const [, url] = await printed(/^POSTERN_SIMULATOR=(http:\/\/127\.0\.0\.1:\d+)\n/);
    expect((await fetch(`${url}/_postern/health`)).status).toBe(200);
    expect(await (await fetch(`${url}/_postern/clock`)).json()).toMatchObject({ speed: 60 });
    child.kill('SIGINT');
    expect(await ended).toMatchObject({ status: 130, err: expect.stringMatching(/^Simulated clouds at .*\n$/) });
  });

  it('prints its address as JSON, and verifies signatures when that is requested', async () => {
    const { child, ended, printed } = start([
      'simulate',
      '--port',
      '0',
      '--json',
      '--verify-signatures',
      '--key',
      'AKIAX:secret',
      '--key',
      'AKIAY:other',
    ]);
    const [line] = await printed(/^.*"listening".*$/m);
    const { url } = JSON.parse(line) as { url: string };
    const refused = await fetch(`${url}/v2/vpclinks`, {
      headers: {
        authorization:
          'AWS4-HMAC-SHA256 Credential=AKIAX/20260601/eu-west-1/apigateway/aws4_request, SignedHeaders=host, Signature=00',
      },
    });
    expect(refused.status).toBe(403);
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ status: 143, err: '' });
  });

  it('a port in use is an error, not wrong usage', async () => {
    const server = await cloud();
    const { ended } = start(['simulate', '--port', String(server.port)]);
    expect(await ended).toMatchObject({
      status: 1,
      out: '',
      err: expect.stringContaining('error PORT_IN_USE'),
    });
  });

  it('continues when its output is closed', async () => {
    const server = await cloud();
    const there = await network(server);
    const cwd = folder({ 'postern.yaml': specOf(there) });
    const { child, ended } = start(['apply', '--yes', '--ignore-findings', '*'], {
      cwd,
      env: { POSTERN_SIMULATOR: server.url },
    });
    child.stdout?.destroy();
    expect(await ended).toMatchObject({ status: 0, err: expect.not.stringContaining('EPIPE') });
    const { Items = [] } = await server.simulation.clients('eu-west-1').apiGatewayV2.getRoutes({ ApiId: there.api });
    expect(Items.map((route) => route.RouteKey)).toEqual(['ANY /orders']);
  });

  // `npm run prove` sends each of the three, at random moments.
  it.each(
    sample(
      [
        ['SIGINT', 130],
        ['SIGHUP', 143],
      ] as const,
      2,
    ),
  )('at %s the current step ends and is recorded, and the exit status is %i', async (signal, status) => {
    const server = await cloud({ clock: 'manual' }); // so that the link is not ready before the signal, also on a slow machine
    const there = await network(server);
    const cwd = folder({ 'postern.yaml': specOf(there) });
    const env = { POSTERN_SIMULATOR: server.url };
    const first = start(['apply', '--yes', '--ignore-findings', '*'], { cwd, env });
    await first.printed(/create link main …/);
    first.child.kill(signal);
    expect(await first.ended).toMatchObject({ status, err: expect.stringContaining(`stopped by ${signal}`) });

    const time = setInterval(() => void server.simulation.advance(5_000), 20);
    const second = await run(['apply', '--yes', '--ignore-findings', '*'], { cwd, env }).finally(() =>
      clearInterval(time),
    );
    expect(second).toMatchObject({ status: 0 });
    const { Items = [] } = await server.simulation.clients('eu-west-1').apiGatewayV2.getVpcLinks({});
    expect(Items).toHaveLength(1);
  });

  it('works with any emulator at AWS_ENDPOINT_URL, and reports missing credentials', async () => {
    const server = await cloud();
    const there = await network(server);
    const cwd = folder({ 'postern.yaml': specOf(there) });
    const env = { AWS_ENDPOINT_URL: server.url, AWS_EC2_METADATA_DISABLED: 'true', HOME: cwd };
    expect(await start(['plan'], { cwd, env }).ended).toMatchObject({
      status: 1,
      out: '',
      err: expect.stringMatching(
        /^error CREDENTIALS_MISSING: [^\n]*\n {2}postern\.yaml:6:3\n {2}\w[^\n]*`postern doctor`[^\n]*`postern simulate`/,
      ),
    });
    const keys = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' };
    expect(await start(['plan'], { cwd, env: { ...env, ...keys } }).ended).toMatchObject({
      status: 0,
      out: expect.stringContaining('2 to create'),
      err: '',
    });
    // The simulated clouds begin in June 2026.
    const doctor = await start(['doctor'], { cwd, env: { ...env, ...keys } }).ended;
    expect(doctor).toMatchObject({ status: 0, err: '' });
    expect(doctor.out).toMatch(/^warning {2}endpoints: AWS_ENDPOINT_URL is set/m);
    expect(doctor.out).toMatch(
      /^warning {2}clock: this machine's is \d+ h.* ahead of the cloud's\n {9}Set this machine's/m,
    );
    expect((await start(['doctor'], { cwd, env }).ended).out).toMatch(
      /^failed {3}credentials aws eu-west-1: .*\n {9}Set AWS_ACCESS_KEY_ID/m,
    );
  });

  it('checks a snapshot without a network, and loads no module that can use one', async () => {
    const server = await cloud();
    const there = await network(server);
    const cwd = folder({
      'postern.yaml': specOf(there),
      // Prints at the end which modules of Node were loaded.
      'loaded.cjs': `process.on('exit', () => process.stderr.write('LOADED ' + process.moduleLoadList.join(' ') + '\\n'));`,
    });
    const env = { POSTERN_SIMULATOR: server.url };
    const taken = await start(['snapshot', '--spec', 'postern.yaml', '-o', 'snapshot.json'], { cwd, env }).ended;
    expect(taken.status).toBe(0);
    await server.close();

    // Where the system allows an unprivileged network namespace, the command runs in one.
    const inNone = spawnSync('unshare', ['-rn', 'true']).status === 0 ? ['unshare', '-rn'] : [];
    const argv = [
      ...inNone,
      process.execPath,
      '--require',
      './loaded.cjs',
      command.bin,
      'check',
      '--snapshot',
      'snapshot.json',
    ];
    const [program = '', ...args] = argv;
    const ran = spawnSync(program, args, { cwd, env: { PATH: process.env['PATH'] }, encoding: 'utf8' });
    expect(ran).toMatchObject({ status: 3, stdout: expect.stringMatching(/^From snapshot\.json, taken 2026-06-01T/) });
    expect(ran.stderr).toMatch(/^LOADED /);
    expect(ran.stderr).not.toMatch(/NativeModule (?:https?|http2|tls|dns)\b/);
  });

  it('validates a spec and loads no module that can use a network; a folder without permission is an error', async () => {
    const cwd = folder({
      'postern.yaml': 'version: 1\nproject: shop\nspec: shop-7f3k2q\nlinks: {}\n',
      'loaded.cjs': `process.on('exit', () => process.stderr.write('LOADED ' + process.moduleLoadList.join(' ') + '\\n'));`,
    });
    const argv = ['--require', './loaded.cjs', command.bin, 'validate'];
    const ran = spawnSync(process.execPath, argv, { cwd, env: { PATH: process.env['PATH'] }, encoding: 'utf8' });
    expect(ran).toMatchObject({ status: 0, stdout: 'postern.yaml: valid (0 links, 0 integrations, 0 routes)\n' });
    expect(ran.stderr).toMatch(/^LOADED /);
    expect(ran.stderr).not.toMatch(/NativeModule (?:https?|http2|tls|dns)\b/);

    const uid = process.getuid?.() === 0 ? 65_534 : undefined; // root may read everywhere
    if (spawnSync('ls', [command.bin], { uid }).status !== 0) return; // that user cannot read the command
    chmodSync(cwd, 0o000);
    const refused = await start(['validate', path.join(cwd, 'postern.yaml')], { uid }).ended;
    chmodSync(cwd, 0o700);
    expect(refused).toMatchObject({
      status: 64,
      err: expect.stringMatching(
        /^error FILE_UNREADABLE: .*postern\.yaml: permission denied\n {2}Check the path and its permissions\.\n$/,
      ),
    });
  });
});
