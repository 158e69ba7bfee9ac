import { describe, expect, it } from 'vitest';
import { PrivateIntegrations } from '../../src/do/private-integrations.js';
import { apply } from '../../src/do/apply/apply.js';
import { createContext, driversOf } from '../../src/do/context.js';
import type { Driver } from '../../src/do/driver.js';
import { observeSpec } from '../../src/do/observe/observe-spec.js';
import { diff } from '../../src/do/plan/diff.js';
import { planDestroy } from '../../src/do/plan/destroy.js';
import { judge } from '../../src/check/judge/judge-plan.js';
import { defineSpec } from '../../src/spec/parse/parse.js';
import { CLOUDS } from '../clouds.js';
import { drive, seeded } from '../drive.js';
import { EVERY_FINDING } from '../engines.js';
import { FakeCloud } from '../fake-cloud.js';

/** Two regions, as two drivers, each with its own cloud, as adapters have. */
function scene() {
  const cloud = new FakeCloud();
  cloud.gateway('a1b2c3d4e5');
  cloud.listener('orders', 443);
  const [aws, alibaba] = ['aws', 'alibaba'].map((name) => CLOUDS.named(name)!);
  const first = { ...cloud.driver(), cloud: aws! };
  const second = { ...cloud.driver(), cloud: alibaba!, provider: 'alibaba', region: 'cn-hangzhou' };
  const spec = defineSpec({
    version: 1,
    project: 'shop',
    spec: 'both',
    links: { eu: { provider: 'aws', region: 'eu-west-1', subnets: ['subnet-1a'], allowlist: ['10.20.0.0/20'] } },
    integrations: {
      orders: {
        link: 'eu',
        gateway: { httpApi: 'a1b2c3d4e5' },
        targets: { orders: { listener: { loadBalancer: 'orders', port: 443 } } },
        routes: { 'ANY /orders': 'orders' },
      },
    },
  });
  const context = createContext({ clock: cloud.clock, random: seeded(1) });
  return { cloud, first, second, spec, context };
}

describe('drivers bring their clouds', () => {
  it('the set of a list has the clouds of each, once', () => {
    const { first, second } = scene();
    const names = (...list: readonly Driver[]) => driversOf(...list).clouds.all.map(({ name }) => name);
    expect(names(first, second)).toEqual(['aws', 'alibaba']);
    expect(names(first, { ...first, region: 'us-east-1' })).toEqual(['aws']);
  });

  it('a spec is observed and applied with them', async () => {
    const { cloud, first, second, spec, context } = scene();
    const drivers = driversOf(first, second);
    const work = async (): Promise<void> => {
      const plan = diff(await observeSpec(spec, drivers, context), spec, { clouds: CLOUDS });
      const options = { drivers, context, spec, judge, ignoreFindings: EVERY_FINDING };
      for await (const event of apply(plan, options))
        if (event.type === 'step.failed') throw new Error(event.error.message);
      const all = await observeSpec(spec, drivers, context, { all: true });
      expect(planDestroy(all, spec, { clouds: CLOUDS }).units).not.toEqual([]);
    };
    await drive(cloud.clock, work());
    expect(cloud.links.size).toBe(1);
  });

  it('a session takes those of other regions as `others`, for specs that name these', async () => {
    const { cloud, first, second, spec } = scene();
    const options = { project: 'shop', spec: 'both', judge, clock: cloud.clock, random: seeded(1) };
    const gate = new PrivateIntegrations(second, { ...options, others: [first] });
    expect((await gate.plan(spec)).units.map(({ id }) => id)).toEqual(['link:eu', 'integration:orders']);
    const alone = new PrivateIntegrations(second, options);
    await expect(alone.plan(spec)).rejects.toMatchObject({
      code: 'INVALID_SPEC',
      remedy: expect.stringContaining('its driver or clouds([…]) in a program'),
    });
  });
});
