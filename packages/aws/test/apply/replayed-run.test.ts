import { driversOf } from '@postern/core';
import { diff, observeSpec } from '@postern/core/plan';
import { parseSpec } from '@postern/core/spec';
import { describe, expect, it } from 'vitest';
import { replayedRun } from '../../../core/test/replayed-run.js';
import type { Kill } from '../../../core/test/replaying-run.js';
import { httpShop } from '../world/http-shop.js';
import { simulated } from '../world/simulated.js';

/** Applies a plan of a link with an allowlist and two routes, on its own simulated AWS. */
async function carryOut(kill?: Kill) {
  const { world, driver, ctx: context, simulation, call } = await simulated();
  const spec = parseSpec(`version: 1
project: shop
spec: orders-7f3k2q
defaults: { region: eu-west-1 }
links:
  eu: { provider: aws, subnets: [${world.subnetIds.slice(0, 2).join(', ')}], allowlist: [10.20.0.0/20] }
integrations:
  orders:
    link: eu
    gateway: { httpApi: ${world.gateway.id} }
    targets:
      orders: { listener: { loadBalancer: orders-alb, port: 80 } }
    routes: { 'ANY /orders': orders, 'GET /health': orders }
`);
  const drivers = driversOf(driver);
  const plan = async () => diff(await observeSpec(spec, drivers, context), spec);
  const links = () => call('apigatewayv2', 'GetVpcLinks', {}).Items as readonly unknown[];
  const before = links().length;
  const what = await plan();
  const from = simulation.journal().length;
  const run = await replayedRun(what, spec, { drivers, context }, kill);
  const creates = simulation
    .journal()
    .slice(from)
    .filter(({ operation }) => operation.startsWith('Create'));
  const left = (await plan()).units;
  return { ...run, left, made: links().length - before, creates: creates.map(({ operation }) => operation).toSorted() };
}

describe('a run on AWS that is killed at every operation and continues with its recorded answers', () => {
  it.each(['before', 'after'] as const)('%s it: everything is created once', async (when) => {
    const whole = await carryOut();
    expect(whole.events.at(-1)).toMatchObject({ type: 'run.done', failed: 0, skipped: 0 });
    let kills = 0;
    for (let at = 0; at < whole.engine.begun.length; at += 1) {
      const run = await carryOut({ at, when });
      if (run.isKilled) kills += 1;
      const killed = whole.engine.begun[at];
      expect(run.events.at(-1), killed).toMatchObject({ type: 'run.done', failed: 0, skipped: 0 });
      expect([run.left, run.made, run.engine.repeated], killed).toEqual([[], 1, []]);
      expect(run.creates, killed).toEqual(whole.creates);
    }
    expect(kills).toBeGreaterThan(5);
  });
});

/** Replaces the link of an HTTP API. */
async function replace(kill?: Kill) {
  const { run, open, planOf, specOf, drivers, contextOf, callGateway, simulation, links, keys } = await httpShop();
  await run(0, open);
  const plan = await planOf(1);
  const from = simulation.journal().length;
  const replayed = await replayedRun(plan, specOf(1, open), { drivers, context: contextOf(), callGateway }, kill);
  const made = simulation
    .journal()
    .slice(from)
    .filter(({ operation, status }) => operation === 'CreateRoute' && status < 300);
  return { ...replayed, left: (await planOf(1)).units, links: links().length, keys: keys(), made: made.length };
}

describe('a replacement on AWS that is killed at every operation of its test and continues', () => {
  it.each(['before', 'after'] as const)('%s it: one temporary route is created, and none is left', async (when) => {
    const whole = await replace();
    const isTest = (key: string): boolean => /: (?:test of|call)/.test(key);
    const tests = whole.engine.begun.flatMap((key, at) => (isTest(key) ? [at] : []));
    expect(tests.length).toBeGreaterThan(6);
    for (const at of tests) {
      const run = await replace({ at, when });
      const killed = whole.engine.begun[at];
      expect(run.isKilled, killed).toBe(true);
      expect(run.events.at(-1), killed).toMatchObject({ type: 'run.done', failed: 0, skipped: 0 });
      expect([run.left, run.links, run.keys, run.made, run.engine.repeated], killed).toEqual([
        [],
        1,
        ['GET /orders'],
        1,
        [],
      ]);
    }
  });
});
