import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { simulate, type SimulationServer } from '@postern/simulator';
import { afterEach, expect, it } from 'vitest';
import { temporaryFolder } from '../../packages/core/test/temporary-folder.js';
import { buildNetwork, clients } from '../quickstart/network.mjs';

const REGION = 'eu-west-1';
let cloud: SimulationServer | undefined;
let child: ChildProcess | undefined;

afterEach(async () => {
  child?.kill('SIGKILL');
  await cloud?.close();
});

/** The service as a process of its own, with a file as its journal. */
async function begin({ speed, grace }: { readonly speed: number; readonly grace: string }) {
  cloud = await simulate({ seed: 7, clock: { speed } }).listen();
  const keys = { AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' };
  const credentials = { accessKeyId: keys.AWS_ACCESS_KEY_ID, secretAccessKey: keys.AWS_SECRET_ACCESS_KEY };
  const there = clients({ endpoint: cloud.url, region: REGION, credentials });
  const network = await buildNetwork(there, () => undefined);
  const journal = path.join(temporaryFolder(), 'integrations.journal');
  const variables = {
    REGION,
    API_ID: network.api,
    POSTERN_SIMULATOR: cloud.url,
    JOURNAL: journal,
    PORT: '0',
    GRACE: grace,
  };
  const file = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
  const args = ['--import', file('../../scripts/sources/register.mjs'), file('../service/service.mjs')];
  const started = spawn(process.execPath, args, {
    env: { PATH: process.env['PATH'], ...keys, ...variables },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  child = started;
  const ended = once(started, 'exit') as Promise<[code: number | null, signal: string | null]>;
  const [line] = (await once(createInterface({ input: started.stdout }), 'line')) as [string];
  const address = line.replace('listens on ', '');
  const body = JSON.stringify({
    subnetIds: network.subnets.slice(0, 2),
    listenerArn: network.listener,
    route: 'ANY /orders/{proxy+}',
  });
  const put = fetch(`${address}/integrations/orders`, { method: 'PUT', body });
  await expect.poll(() => existsSync(`${journal}.lock`), { timeout: 60_000 }).toBe(true);
  await expect.poll(async () => (await there.gateway.getVpcLinks({})).Items?.length, { timeout: 60_000 }).toBe(1);
  started.kill('SIGTERM');
  return { put, ended, journal, there, network };
}

it('SIGTERM with a request under way: it is answered, and the process ends with 0 after it', async () => {
  const { put, ended, journal, there, network } = await begin({ speed: 600, grace: '120' });
  const answer = await put;
  expect([answer.status, await answer.json()]).toEqual([
    200,
    expect.objectContaining({ state: 'ready', routes: ['ANY /orders/{proxy+}'] }),
  ]);
  expect(await ended).toEqual([0, null]);
  expect(existsSync(`${journal}.lock`)).toBe(false);
  const routes = await there.gateway.getRoutes({ ApiId: network.api });
  expect(routes.Items?.map(({ RouteKey }) => RouteKey)).toContain('ANY /orders/{proxy+}');
});

it('a request that is under way after the grace is aborted, and the process ends with 0', async () => {
  const { put, ended, journal } = await begin({ speed: 60, grace: '0' });
  expect(await (await put).json()).toMatchObject({ code: 'ABORTED' });
  expect(await ended).toEqual([0, null]);
  expect(existsSync(`${journal}.lock`)).toBe(false);
});
