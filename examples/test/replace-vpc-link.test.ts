import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { httpShop } from '../../packages/aws/test/world/http-shop.js';
import { temporaryFolder } from '../../packages/core/test/temporary-folder.js';

const before = { ...process.env };
const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  vi.resetModules();
  process.env = { ...before };
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

/** An HTTP API behind one link, and another link of a security group. */
async function shop(group: 'open' | 'closed' = 'open') {
  const world = await httpShop();
  await world.run(0, world.open);
  const [from = ''] = world.links();
  const { SubnetIds } = world.call('apigatewayv2', 'GetVpcLink', { VpcLinkId: from });
  const link = { Name: 'other', SubnetIds, SecurityGroupIds: [world[group]] };
  const to: string = world.call('apigatewayv2', 'CreateVpcLink', link).VpcLinkId;
  await world.simulation.advance(900_000);
  const server = await world.simulation.listen();
  cleanups.push(() => server.close());
  const journal = path.join(temporaryFolder(), 'moves.journal');
  const run = async (more: Readonly<Record<string, string>> = {}) => {
    Object.assign(process.env, {
      AWS_ACCESS_KEY_ID: 'example',
      AWS_SECRET_ACCESS_KEY: 'example',
      ENDPOINT: server.url,
      REGION: 'eu-west-1',
      API: world.ApiId,
      FROM: from,
      TO: to,
      JOURNAL: journal,
      PAUSE: '0',
      DRAIN: '1',
      ...more,
    });
    process.exitCode = undefined;
    const log = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const error = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    vi.resetModules();
    await import(new URL('../replace-vpc-link/replace.mjs', import.meta.url).href);
    const [out, err] = [log, error].map(({ mock }) => mock.calls.map((words) => words.join(' ')).join('\n'));
    log.mockRestore();
    error.mockRestore();
    return { status: process.exitCode ?? 0, out: out ?? '', err: err ?? '' };
  };
  return { ...world, from, to, run };
}

it('moves the routes of an HTTP API to another link, and no call is lost', async () => {
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

it('returns where the health check fails', async () => {
  const { run, load, linksOfRoutes, from, to } = await shop();
  const end = load('/orders');
  const { status, out, err } = await run({ HEALTH: await health(500) });
  expect(out).toContain(`rolled-back: 0 of 1 on ${to}`);
  expect(err).toContain('status 500');
  expect(linksOfRoutes()).toEqual([from]);
  expect(status).toBe(1);
  expect(await end()).toMatchObject({ lost: 0 });
});

it('starts nothing where the backends do not admit the new link, and says what to do', async () => {
  const { run, linksOfRoutes, from, to } = await shop('closed');
  const { status, err } = await run();
  expect(err).toMatch(/sg-/);
  expect(linksOfRoutes()).toEqual([from]);
  expect(status).toBe(3);
  expect((await run({ FROM: to, TO: to })).status).toBe(64);
});
