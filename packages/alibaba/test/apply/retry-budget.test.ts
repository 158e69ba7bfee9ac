import { driversOf } from '@postern/core';
import { RETRY_POLICY } from '@postern/core/adapter';
import { judge } from '@postern/core/check';
import { apply, diff, observeSpec } from '@postern/core/plan';
import { parseSpec } from '@postern/core/spec';
import { describe, expect, it } from 'vitest';
import { simulated } from '../world/simulated.js';

/** An apply of one route in which an action is always throttled: how often it was sent, and for how long it was retried. */
async function storm(operation: string) {
  const { simulation, world, driver, ctx } = await simulated();
  const [backend] = world.targets as unknown as readonly [{ instance: string }];
  const spec = parseSpec(`version: 1
project: shop
defaults: { region: cn-hangzhou }
links:
  cn:
    provider: alibaba
    subnets: [${world.subnetIds.join(', ')}]
    securityGroups: [${world.securityGroupIds.join(', ')}]
    spec: api.s1.small
integrations:
  orders:
    link: cn
    gateway: { apiGroup: ${world.gateway.id} }
    targets: { clb: { instance: ${backend.instance}, port: 80 } }
    routes: { 'GET /orders': clb }
`);
  const drivers = driversOf(driver);
  const plan = diff(await observeSpec(spec, drivers, ctx), spec);
  simulation.faults.add({ operation, kind: 'throttle' });
  let code: string | undefined;
  for await (const event of apply(plan, {
    judge,
    spec,
    drivers,
    context: ctx,
    allowPurchase: true,
    ignoreFindings: ['*'],
  })) {
    if (event.type === 'step.failed') code ??= event.error.code;
  }
  const times = simulation.journal().filter((call) => call.operation === operation);
  const at = times.map((call) => Date.parse(call.time));
  return { code, sent: times.length, tookMs: Math.max(...at) - Math.min(...at) };
}

describe('apply D13: one layer retries, on Alibaba Cloud', () => {
  it.each(['SetVpcAccess', 'CreateApi', 'DeployApi'])(
    'a throttled %s has the budget of one call',
    async (operation) => {
      const { code, sent, tookMs } = await storm(operation);
      expect(code).toBe('THROTTLED');
      expect(sent).toBeGreaterThan(1);
      expect(sent).toBeLessThanOrEqual(RETRY_POLICY.attempts);
      expect(tookMs).toBeLessThanOrEqual(RETRY_POLICY.totalMs);
    },
  );
});
