import { parseSpec } from '../../../core/test/clouds.js';
import { createContext, driversOf, memoryJournal, type RunEvent } from '@postern/core';
import { judge } from '@postern/core/check';
import { apply, diff, observeSpec } from '@postern/core/plan';
import { expect, it } from 'vitest';
import { runs } from '../../../core/test/runs.js';
import { alibaba } from '../../src/index.js';
import { REGION, simulated } from '../world/simulated.js';

/** An instance, and a group with three routes of it. */
async function scene() {
  const { simulation, world, call } = await simulated({ throttle: false });
  const [clb] = world.targets as unknown as readonly [{ readonly instance: string }];
  const spec = parseSpec(`version: 1
project: shop
spec: shop
defaults: { region: ${REGION} }
links:
  cn: { provider: alibaba, subnets: [${world.subnetIds.join()}], securityGroups: [${world.securityGroupIds.join()}], spec: api.s1.small }
integrations:
  orders:
    link: cn
    gateway: { apiGroup: ${world.gateway.id}, stages: [RELEASE] }
    targets: { t: { instance: ${clb.instance}, port: 80 } }
    routes: { 'GET /a': t, 'GET /b': t, 'GET /c': t }
`);
  const journal = memoryJournal();
  const run = async (atWrite: (count: number) => void = () => undefined) => {
    let writes = 0;
    const onCall = ({ kind }: { readonly kind: string }): undefined => {
      if (kind === 'write') atWrite((writes += 1));
      return undefined;
    };
    const context = createContext({ clock: simulation.clock, random: () => 0.5 });
    const drivers = driversOf(alibaba({ region: REGION, api: simulation.alibaba(REGION, { onCall }) }));
    const plan = diff(await observeSpec(spec, drivers, context, { all: true }), spec, { all: true });
    atWrite(0);
    const events: RunEvent[] = [];
    const how = { spec, drivers, context, judge, journal, ignoreFindings: ['*'], allowPurchase: true };
    for await (const event of apply(plan, how)) events.push(event);
    const failures = events.flatMap((event) => (event.type === 'step.failed' ? [event.error] : []));
    return { failures, writes, done: events.at(-1), units: plan.units.length };
  };
  const apis = (): number =>
    Number(
      (call('CloudAPI', 'DescribeApis', { GroupId: world.gateway.id }) as { readonly TotalCount: number }).TotalCount,
    );
  return { simulation, run, apis };
}

it('a quota of APIs that is lowered after the plan, and raised again: its code and a remedy, and the next run ends it', async () => {
  const whole = await scene();
  const { writes, done } = await whole.run();
  expect(done).toMatchObject({ failed: 0, skipped: 0 });
  let refused = 0;
  for (let at = 0; at <= writes; at += runs(3, 1)) {
    const { simulation, run, apis } = await scene();
    const { failures } = await run((count) => {
      if (count === at) simulation.setQuotas({ 'apis-per-group': 0 });
    });
    refused += failures.length;
    for (const { code, message, remedy } of failures) {
      expect(code, message).toBe('QUOTA_EXCEEDED');
      expect(remedy).toContain('Alibaba Cloud');
    }
    simulation.setQuotas({ 'apis-per-group': 1_000 });
    expect((await run()).done, String(at)).toMatchObject({ type: 'run.done', failed: 0, skipped: 0 });
    expect(apis(), String(at)).toBe(whole.apis());
    expect((await run()).units).toBe(0);
  }
  expect(refused).toBeGreaterThan(2);
});
