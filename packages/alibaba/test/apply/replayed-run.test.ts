import { driversOf } from '@postern/core';
import { diff, observeSpec } from '@postern/core/plan';
import { parseSpec } from '@postern/core/spec';
import { describe, expect, it } from 'vitest';
import { replayedRun } from '../../../core/test/replayed-run.js';
import type { Kill } from '../../../core/test/replaying-run.js';
import { runs } from '../../../core/test/runs.js';
import { simulated } from '../world/simulated.js';

/** Applies a plan of an instance with an allowlist, two targets and two routes, on its own simulated Alibaba Cloud. */
async function carryOut(kill?: Kill) {
  const { world, driver, ctx: context, simulation, call } = await simulated();
  const [clb, ecs] = world.targets as unknown as readonly [{ instance: string }, { instance: string }];
  const spec = parseSpec(`version: 1
project: shop
defaults: { region: cn-hangzhou }
links:
  cn:
    provider: alibaba
    subnets: [${world.subnetIds.join(', ')}]
    securityGroups: [${world.securityGroupIds.join(', ')}]
    allowlist: [10.10.8.0/24]
    spec: api.s1.small
integrations:
  orders:
    link: cn
    gateway: { apiGroup: ${world.gateway.id}, stages: [RELEASE] }
    targets:
      clb: { instance: ${clb.instance}, port: 80 }
      ecs: { instance: ${ecs.instance}, port: 8080 }
    routes: { 'ANY /orders/{rest+}': clb, 'GET /health': ecs }
`);
  const drivers = driversOf(driver);
  const plan = async () => diff(await observeSpec(spec, drivers, context), spec);
  const links = () =>
    call('CloudAPI', 'DescribeInstances', { InstanceType: 'vpc_connect' }).Instances
      .InstanceAttribute as readonly unknown[];
  const before = links().length;
  const what = await plan();
  const from = simulation.journal().length;
  // The adapter waits by itself until a change of an instance's blocks is done.
  const run = await replayedRun(what, spec, { drivers, context, effectsMaySleep: true }, kill);
  const creates = simulation
    .journal()
    .slice(from)
    .filter(({ operation }) => /^(?:Create|SetVpcAccess)/.test(operation));
  const left = (await plan()).units;
  return { ...run, left, made: links().length - before, creates: creates.map(({ operation }) => operation).toSorted() };
}

describe('a run on Alibaba Cloud that is killed at every operation and continues with its recorded answers', () => {
  it.each(['before', 'after'] as const)('%s it: everything is created once', async (when) => {
    const whole = await carryOut();
    expect(whole.events.at(-1)).toMatchObject({ type: 'run.done', failed: 0, skipped: 0 });
    let kills = 0;
    for (let at = 0; at < whole.engine.begun.length; at += runs(3, 1)) {
      const run = await carryOut({ at, when });
      if (run.isKilled) kills += 1;
      const killed = whole.engine.begun[at];
      expect(run.events.at(-1), killed).toMatchObject({ type: 'run.done', failed: 0, skipped: 0 });
      expect([run.left, run.made, run.engine.repeated], killed).toEqual([[], 1, []]);
      expect(run.creates, killed).toEqual(whole.creates);
    }
    expect(kills).toBeGreaterThan(runs(2, 5));
  });
});
