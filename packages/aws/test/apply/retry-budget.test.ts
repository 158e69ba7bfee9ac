import { driversOf } from '@postern/core';
import { RETRY_POLICY } from '@postern/core/adapter';
import { judge } from '@postern/core/check';
import { apply, diff, observeSpec } from '@postern/core/plan';
import { parseSpec } from '@postern/core/spec';
import { describe, expect, it } from 'vitest';
import { simulated } from '../world/simulated.js';

/** What one layer may send: `call` for what is safe to send twice, `createOnce` for creates. */
const CREATES = 6;

/** An apply of one route in which an operation is always throttled: how often it was sent, and for how long it was retried. */
async function storm(operation: string) {
  const { simulation, world, driver, ctx } = await simulated();
  const spec = parseSpec(`version: 1
project: shop
defaults: { region: eu-west-1 }
links:
  eu: { provider: aws, subnets: [${world.subnetIds.slice(0, 2).join(', ')}], allowlist: [10.20.0.0/20] }
integrations:
  orders:
    link: eu
    gateway: { httpApi: ${world.gateway.id} }
    targets: { t: { listener: { loadBalancer: orders-alb, port: 80 } } }
    routes: { 'GET /orders': t }
`);
  const drivers = driversOf(driver);
  const plan = diff(await observeSpec(spec, drivers, ctx), spec);
  simulation.faults.add({ operation, kind: 'throttle' });
  let code: string | undefined;
  for await (const event of apply(plan, { judge, spec, drivers, context: ctx, ignoreFindings: ['*'] })) {
    if (event.type === 'step.failed') code ??= event.error.code;
  }
  const times = simulation.journal().filter((call) => call.operation === operation);
  const at = times.map((call) => Date.parse(call.time));
  return { code, sent: times.length, tookMs: Math.max(...at) - Math.min(...at) };
}

describe('apply D13: one layer retries', () => {
  it.each([
    ['CreateRoute', RETRY_POLICY.attempts, 'THROTTLED'],
    ['CreateIntegration', CREATES, 'THROTTLED'],
    ['CreateDeployment', CREATES, 'THROTTLED'],
    // EC2 throttles with 503, after which the group may exist.
    ['CreateSecurityGroup', CREATES, 'OUTCOME_UNKNOWN'],
    ['CreateVpcLink', CREATES, 'THROTTLED'],
  ])('a throttled %s is sent %i times at most', async (operation, budget, due) => {
    const { code, sent, tookMs } = await storm(operation);
    expect(code).toBe(due);
    expect(sent).toBeGreaterThan(1);
    expect(sent).toBeLessThanOrEqual(budget);
    expect(tookMs).toBeLessThanOrEqual(600_000);
  });
});
