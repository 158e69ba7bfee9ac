import { expect, it } from 'vitest';
import type { RunEvent } from '../../../src/do/apply/events.js';
import { createContext, driversOf } from '../../../src/do/context.js';
import type { Driver } from '../../../src/do/driver.js';
import { CloudError } from '../../../src/ground/errors.js';
import type { Target } from '../../../src/do/model/target.js';
import { observeSpec } from '../../../src/do/observe/observe-spec.js';
import { diff } from '../../../src/do/plan/diff.js';
import { drive, seeded } from '../../drive.js';
import { apply, describeOnEachEngine } from '../../engines.js';
import { FakeCloud } from '../../fake-cloud.js';
import { doneOf, linkSpec, smallSpec } from '../../fake-run.js';
import { CLOUDS } from '../../clouds.js';

/** A cloud on which a target is a separate resource, created for a link. */
function scene(refuse = false) {
  const cloud = new FakeCloud();
  cloud.provider = 'alibaba';
  cloud.gateway('api-1');
  const driver = cloud.driver();
  const made: Target[] = [];
  const targetResources: Driver['targetResources'] = {
    ...driver.targetResources,
    find: () => Promise.resolve(made[0]),
    create: ({ id: linkId }, ref) => {
      if (refuse) return Promise.reject(new CloudError('PERMISSION_DENIED', 'no', { operation: 'SetVpcAccess' }));
      const port = 'port' in ref ? ref.port : 0;
      made.push({ kind: 'instance', id: `access-of-${linkId}`, resourceId: 'lb-1', port, raw: { wire: true } });
      cloud.targets.push(made[0]!);
      return Promise.resolve(made[0]!);
    },
  };
  const base = smallSpec().integrations['orders']!;
  const spec = smallSpec({
    links: { eu: linkSpec({ provider: 'alibaba' }) },
    integrations: {
      orders: {
        ...base,
        targets: { orders: { ref: { instance: 'lb-1', port: 8080 } } },
        routes: { 'GET /a': 'orders', 'GET /b': 'orders' },
      },
    },
  });
  const drivers = driversOf({ ...driver, targetResources });
  const context = createContext({ clock: cloud.clock, random: seeded(1) });
  const run = async (): Promise<RunEvent[]> => {
    const events: RunEvent[] = [];
    const plan = diff(await observeSpec(spec, drivers, context), spec, { clouds: CLOUDS });
    for await (const event of apply(plan, { drivers, context, allowPurchase: true })) events.push(event);
    return events;
  };
  return { cloud, made, run: () => drive(cloud.clock, run()) };
}

describeOnEachEngine('targets that are created on demand', () => {
  it('are created after the link exists, and routes use them', async () => {
    const { cloud, made, run } = scene();
    expect(doneOf(await run())).toMatchObject({ applied: 4, failed: 0 });
    const [link] = cloud.links.keys();
    expect(made).toHaveLength(1);
    expect([...cloud.gateways.get('api-1')!.integrations.values()]).toMatchObject([
      { linkId: link, targetId: `access-of-${link}` },
    ]);
    expect(doneOf(await run())).toMatchObject({ applied: 0, unchanged: 3 });
  });

  it('cause their routes to be skipped when they cannot be created', async () => {
    const { cloud, run } = scene(true);
    expect(doneOf(await run())).toMatchObject({
      applied: 1,
      failed: 1,
      skipped: 2,
      integrations: { orders: 'failed' },
    });
    expect(cloud.gateways.get('api-1')!.routes.size).toBe(0);
  });
});
