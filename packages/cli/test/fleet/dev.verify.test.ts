import path from 'node:path';
import { simulate } from '@postern/simulator';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { bundleCommand, type PosternCommand } from '../kills/postern-command.js';
import { folder, network, specOf } from '../run-command.js';

/** It takes some twenty seconds of a free machine. */
const WHY_NOT =
  process.env['POSTERN_PROVE'] === undefined
    ? 'npm run prove'
    : process.platform === 'win32'
      ? 'no server of Restate for Windows'
      : undefined;

/** Fleets have the server as a development dependency. */
const INSTALLED = path.join(import.meta.dirname, '../../../fleet');
const FLEET = `version: 1
fleet: shop
specs: [orders.yaml]
accounts: { trial: { id: '111122223333', vars: { unused: x } } }
roles: { aws: 'arn:aws:iam::{account}:role/postern' }
`;

let command: PosternCommand;
afterEach(() => command.end());

describe.skipIf(WHY_NOT !== undefined)(`postern fleet dev${WHY_NOT === undefined ? '' : ` (${WHY_NOT})`}`, () => {
  it('runs an engine and workers that apply a fleet; a new engine adopts what is there', async () => {
    command = await bundleCommand();
    const server = await simulate({ seed: 7, clock: { speed: 60 }, throttle: false }).listen();
    onTestFinished(() => server.close());
    const spec = specOf(await network(server));
    const cwd = folder({ 'fleet.yaml': FLEET, 'orders.yaml': spec });
    const first = 20_000 + (process.pid % 3_000) * 4;
    const env = { POSTERN_SIMULATOR: server.url, POSTERN_FLEET: `http://127.0.0.1:${first}` };
    const fleet = (line: string) => command.start(['fleet', ...line.split(' ')], { cwd, env }).ended;
    const dev = async (data: string) => {
      const ports = `--port ${first} --admin-port ${first + 1} --worker-port ${first + 2}`;
      const argv = ['fleet', 'dev', '--data', path.join(cwd, data), '--workers', '2', ...ports.split(' ')];
      const { child, ended } = command.start(argv, { cwd: INSTALLED, env });
      await new Promise<void>((resolve, reject) => {
        child.stdout?.on('data', (text: Buffer) => text.includes('POSTERN_FLEET=') && resolve());
        void ended.then(({ err }) => reject(new Error(err)));
      });
      return async () => (child.kill('SIGTERM'), (await ended).status);
    };

    const stop = await dev('one');
    expect(await fleet('up --yes --ignore-findings *')).toMatchObject({
      status: 0,
      out: expect.stringMatching(/\): done,[\s\S]*Units: 2 done\n$/) as string,
    });
    expect((await fleet('logs orders.yaml@trial/eu-west-1/link:main')).out).toContain('create link main: done in');
    expect((await fleet('report')).out).toContain('Changes: 2 done, 0 failed');
    expect(await stop()).toBe(143);
    expect(await fleet('status')).toMatchObject({
      status: 1,
      err: expect.stringContaining('Start one with `postern fleet dev`') as string,
    });

    const stopNew = await dev('two');
    expect((await fleet('up --yes --ignore-findings *')).out).toMatch(/\): done,[\s\S]*Units: none\n$/);
    expect(await stopNew()).toBe(143);
  });
});
