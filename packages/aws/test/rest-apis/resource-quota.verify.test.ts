import { PrivateIntegrations, type Spec } from '@postern/core/internal/library';
import { judge } from '@postern/core/internal/check';
import { expect, it } from 'vitest';
import { appliedCalls, sum } from '../../../core/test/applied-calls.js';
import { runs } from '../../../core/test/runs.js';
import { simulated, specOver } from '../world/simulated.js';

/** Resources of an API by the simulator's default, with the root. */
const QUOTA = 300;

it('an API with as many resources as its quota is planned, applied, changed and removed; one more is refused before any write', async () => {
  const most = runs(60, QUOTA);
  const cloud = await simulated({ throttle: false, quotas: { 'resources-per-rest-api': most } });
  const { simulation, call, driver } = cloud;
  const { id: restApiId } = call('apigateway', 'CreateRestApi', { name: 'shop' }) as { readonly id: string };
  const specOf = (count: number, changed = '10s'): Spec => {
    const routes = Array.from({ length: count }, (_, at) => [
      `GET /r${at}`,
      { target: 't', timeout: at === 0 ? changed : '10s' },
    ]);
    return specOver(cloud, Object.fromEntries(routes), { id: 'shop', gateway: `restApi: ${restApiId}, stage: prod` });
  };
  const gate = () => new PrivateIntegrations(driver, { judge, project: 'shop', spec: 'shop', clock: simulation.clock });
  const applied = appliedCalls(gate, () => simulation.journal());
  const all = await applied(specOf(most - 1));
  const changed = await applied(specOf(most - 1, '5s'));
  expect(sum(all), JSON.stringify(all)).toBeLessThan(3.3 * most + 45);
  expect(sum(changed), JSON.stringify(changed)).toBeLessThan(12);
  const writes = (from: number) =>
    simulation
      .journal()
      .slice(from)
      .filter(({ operation }) => /^(?:Create|Put|Update|Delete)/.test(operation)).length;
  const plan = await gate().plan(specOf(most + 1));
  const from = simulation.journal().length;
  const refused = async (): Promise<void> => {
    for await (const _ of gate().apply(plan, { probe: false }));
  };
  await expect(refused()).rejects.toMatchObject({
    code: 'FINDINGS_FAILED',
    details: {
      findings: expect.arrayContaining([
        expect.objectContaining({
          check: 'gateway/quota',
          code: 'QUOTA_EXCEEDED',
          remedy: expect.stringContaining('L-01C8A9E0') as string,
        }),
      ]) as object[],
    },
  });
  expect(writes(from)).toBe(0);
  const before = simulation.journal().length;
  for await (const event of gate().destroy(specOf(most - 1))) expect(event.type).not.toBe('step.failed');
  expect(call('apigateway', 'GetResources', { restApiId })).toMatchObject({ items: [{ path: '/' }] });
  expect(simulation.journal().length - before).toBeLessThan(3.3 * most + 80);
});
