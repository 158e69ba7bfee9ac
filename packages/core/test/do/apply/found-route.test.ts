import { expect, it } from 'vitest';
import type { RunEvent } from '../../../src/do/apply/events.js';
import { createContext } from '../../../src/do/context.js';
import { formatMark } from '../../../src/do/model/marks.js';
import { observeSpec } from '../../../src/do/observe/observe-spec.js';
import { diff } from '../../../src/do/plan/diff.js';
import { drive, seeded } from '../../drive.js';
import { apply, describeOnEachEngine } from '../../engines.js';
import { FakeCloud } from '../../fake-cloud.js';
import { doneOf, linkSpec, planOf, runSpec, smallSpec } from '../../fake-run.js';
import { FakeInstances } from '../../instances.js';
import { CLOUDS } from '../../clouds.js';

const MARK = formatMark({ project: 'shop', spec: 'shop', integration: 'orders', name: 'orders' });

/** A run during which a route with the declared key appears, carrying the project's mark: a create that was refused late. */
async function runWithFound(leads: { readonly targetId?: string; readonly path?: 'overwrite' | 'keep' }) {
  const cloud = new FakeCloud();
  cloud.gateway('api-1');
  const { id } = cloud.listener('orders', 443);
  const other = cloud.listener('other', 443).id;
  let isThere = false;
  cloud.trouble = (operation) => {
    if (operation !== 'routes.create' || isThere) return undefined;
    isThere = true;
    const [linkId] = cloud.links.keys();
    cloud.addRoute('api-1', 'ANY /orders', { linkId: linkId!, targetId: id, description: MARK, ...leads });
    return 'throttle';
  };
  const events = await runSpec(cloud, smallSpec());
  const gateway = cloud.gateways.get('api-1')!;
  return { cloud, events, id, other, route: cloud.route(gateway, gateway.routes.get('ANY /orders')!) };
}

describeOnEachEngine('a found route is not taken as it is', () => {
  it('has the declared target when the step is done', async () => {
    const { cloud, events, id, route } = await runWithFound({
      targetId: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/other/1/443',
    });
    expect(doneOf(events)).toMatchObject({ failed: 0 });
    expect(route.targetId).toBe(id);
    expect((await planOf(cloud, smallSpec())).units).toEqual([]);
  });
});

describeOnEachEngine('apply D3: a step is done after its result is read back', () => {
  it('compares all members of a found route: one with another path is updated', async () => {
    const { events, route } = await runWithFound({ path: 'keep' });
    expect(doneOf(events)).toMatchObject({ failed: 0 });
    expect(route.path).toBe('overwrite');
  });

  it.each([
    ['is published before the step is done', false, { failed: 0, integrations: { orders: 'done' } }, ['RELEASE']],
    ['fails its step when it cannot be published', true, { failed: 1, integrations: { orders: 'failed' } }, undefined],
  ])('a draft that remains after a lost response %s', async (_, refused, done, published) => {
    const there = new FakeInstances();
    there.cloud.trouble = (operation) => {
      if (operation === 'routes.create') return 'lost';
      return refused && operation === 'routes.update' ? 'deny' : undefined;
    };
    expect(doneOf(await publish(there))).toMatchObject(done);
    expect(there.published.get('api-1 ANY /a')).toEqual(published);
  });

  it('a route that was created and is not published fails its step', async () => {
    const there = new FakeInstances();
    there.publishes = false;
    const events = await publish(there);
    expect(doneOf(events)).toMatchObject({ failed: 1, integrations: { orders: 'failed' } });
    expect(events.find(({ type }) => type === 'step.failed')).toMatchObject({
      error: { code: 'OUTCOME_UNKNOWN', message: expect.stringContaining('stages is none, not RELEASE') },
    });
  });

  it('waits for a change that is published but not visible', async () => {
    const there = new FakeInstances();
    there.publishes = false;
    const publishing = there.cloud.clock.sleep(150_000).then(() => there.published.set('api-1 ANY /a', ['RELEASE']));
    const events = await publish(there);
    await publishing;
    expect(doneOf(events)).toMatchObject({ failed: 0, integrations: { orders: 'done' } });
  });
});

/** Applies a spec with one route that has to be published. */
async function publish(there: FakeInstances): Promise<readonly RunEvent[]> {
  const gateway = { httpApi: 'api-1', apiGroup: 'api-1', stages: ['RELEASE'] } as const;
  const spec = smallSpec({
    links: { eu: linkSpec({ provider: 'alibaba' }) },
    integrations: {
      orders: {
        link: 'eu',
        gateway,
        targets: { a: { ref: { instance: 'lb-1', port: 80 } } },
        routes: { 'ANY /a': 'a' },
      },
    },
  });
  const context = createContext({ clock: there.cloud.clock, random: seeded(1) });
  const events: RunEvent[] = [];
  const work = async (): Promise<void> => {
    const plan = diff(await observeSpec(spec, there.drivers, context), spec, { clouds: CLOUDS });
    for await (const event of apply(plan, { spec, drivers: there.drivers, context, allowPurchase: true })) {
      events.push(event);
    }
  };
  await drive(there.cloud.clock, work());
  return events;
}
