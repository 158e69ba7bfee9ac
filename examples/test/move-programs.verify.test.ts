import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { Simulation } from '@postern/simulator';
import { afterEach, expect, it, vi } from 'vitest';
import { restShop } from '../../packages/aws/test/rest-apis/rest-shop.js';
import { httpShop } from '../../packages/aws/test/world/http-shop.js';
import { temporaryFolder } from '../../packages/core/test/temporary-folder.js';
import { hasten } from './hasten.js';
import { runProgram } from './run-program.js';
import { restoreEnvironment } from './environment.js';

const before = { ...process.env };
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  vi.resetModules();
  restoreEnvironment(before);
  process.exitCode = undefined;
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** A health check that answers with these statuses, one after the other, and then with the last. */
async function health(...statuses: readonly number[]): Promise<string> {
  const left = [...statuses];
  const server = createServer((_, answer) => {
    answer.statusCode = left.length > 1 ? (left.shift() ?? 500) : (left[0] ?? 500);
    answer.end();
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  cleanups.push(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`;
}

/** Runs a program in this process with these variables, against a simulation. */
async function programFor(simulation: Simulation, program: string, env: Readonly<Record<string, string>>) {
  const server = await simulation.listen();
  cleanups.push(() => server.close());
  const JOURNAL = path.join(temporaryFolder(), 'moves.journal');
  hasten(20);
  return async (more: Readonly<Record<string, string>> = {}) => {
    return runProgram(program, {
      AWS_ACCESS_KEY_ID: 'example',
      AWS_SECRET_ACCESS_KEY: 'example',
      ENDPOINT: server.url,
      REGION: 'eu-west-1',
      JOURNAL,
      PAUSE: '0',
      DRAIN: '1',
      ...env,
      ...more,
    });
  };
}

/** An HTTP API behind one link, and another link of a security group. */
async function shop(group: 'open' | 'closed' = 'open') {
  // The program waits in real time, in which simulated time stands still: a new route must be there at once.
  const world = await httpShop({ settings: { dataPathDelay: 0 } });
  await world.run(0, world.open);
  const [from = ''] = world.links();
  const { SubnetIds } = world.call('apigatewayv2', 'GetVpcLink', { VpcLinkId: from });
  const link = { Name: 'other', SubnetIds, SecurityGroupIds: [world[group]] };
  const to: string = world.call('apigatewayv2', 'CreateVpcLink', link).VpcLinkId;
  await world.simulation.advance(900_000);
  const env = { API: world.ApiId, FROM: from, TO: to };
  return { ...world, from, to, run: await programFor(world.simulation, 'replace-vpc-link/replace.mjs', env) };
}

/** A stage of a REST API behind a V1 link. */
async function stage() {
  const world = await restShop();
  const env = { API: world.restApiId, STAGE: 'prod', TO: world.v2, BALANCER: 'orders-alb' };
  return { ...world, run: await programFor(world.simulation, 'upgrade-rest-api/upgrade.mjs', env) };
}

it('replace-vpc-link moves the routes of an HTTP API to another link, and no call is lost', async () => {
  const { run, load, linksOfRoutes, to } = await shop();
  const end = load('/orders');
  const { status, out, err } = await run({ HEALTH: await health(200) });
  expect(err).toBe('');
  expect(out).toMatch(/^moves {3}GET \/orders of shop /);
  expect(out).toContain(`finished: 1 of 1 on ${to}`);
  expect(linksOfRoutes()).toEqual([to]);
  expect(status).toBe(0);
  expect(await end()).toMatchObject({ lost: 0 });
});

it('replace-vpc-link returns where the health check fails', async () => {
  const { run, load, linksOfRoutes, from, to } = await shop();
  const end = load('/orders');
  const { status, out, err } = await run({ HEALTH: await health(500) });
  expect(out).toContain(`rolled-back: 0 of 1 on ${to}`);
  expect(err).toContain('status 500');
  expect(linksOfRoutes()).toEqual([from]);
  expect(status).toBe(1);
  expect(await end()).toMatchObject({ lost: 0 });
});

it('replace-vpc-link starts nothing where the backends do not admit the new link, and says what to do', async () => {
  const { run, linksOfRoutes, from, to } = await shop('closed');
  const { status, err } = await run();
  expect(err).toMatch(/sg-/);
  expect(linksOfRoutes()).toEqual([from]);
  expect(status).toBe(3);
  expect((await run({ FROM: to, TO: to })).status).toBe(64);
});

it('upgrade-rest-api moves a stage through a canary, and no call is lost', async () => {
  const { run, load, drafts, stage: shown, v1, v2 } = await stage();
  const before = shown()['deploymentId'];
  const end = load();
  const { status, out, err } = await run({ HEALTH: await health(200) });
  expect(err).toBe('');
  expect(out).toMatch(/^stage prod of shop .+: from \w+ to \w+, orders-alb\n/);
  expect(out).toMatch(/for 10 % of the calls\n/);
  expect(out).toContain(`finished; ${v1} is used by `);
  expect(drafts().map(({ connectionId }) => connectionId)).toEqual([v2, v2]);
  expect(shown()).not.toHaveProperty('canarySettings');
  expect(shown()['deploymentId']).not.toBe(before);
  expect(status).toBe(0);
  expect(await end()).toMatchObject({ lost: 0 });
});

it('upgrade-rest-api returns where the health check fails while the canary has its part', async () => {
  const { run, load, drafts, stage: shown } = await stage();
  const before = [shown()['deploymentId'], drafts()];
  const end = load();
  const { status, out, err } = await run({ HEALTH: await health(500) });
  expect(err).toContain('status 500');
  expect(out).toContain('rolled-back');
  expect([shown()['deploymentId'], drafts()]).toEqual(before);
  expect(status).toBe(1);
  expect(await end()).toMatchObject({ lost: 0 });
  expect((await run({ STAGE: 'none' })).status).toBe(64);
});
