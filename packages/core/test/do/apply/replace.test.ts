import fc from 'fast-check';
import { PROVE, runs } from '../../runs.js';
import { expect, it } from 'vitest';
import type { Spec } from '../../../src/do/spec.js';
import { describeOnEachEngine } from '../../engines.js';
import { FakeCloud } from '../../fake-cloud.js';
import { linkSpec, planOf, runSpec, smallSpec, stepIds, type RunOptions } from '../../fake-run.js';

interface Scene {
  readonly cloud: FakeCloud;
  readonly spec: (subnet: string, allowlist: readonly string[] | undefined, target: number) => Spec;
}

/** Two gateways, one of them with a stage that has to be deployed, and `routes` routes over one link. */
function scene(routes: number): Scene {
  const cloud = new FakeCloud();
  cloud.gateway('api-1');
  cloud.gateway('api-2', [{ name: 'prod', autoDeploy: false }]);
  const targets = [443, 444].map((port) => cloud.listener('orders', port).id);
  const base = smallSpec().integrations['orders']!;
  const keys = Array.from({ length: routes }, (_, index) => [`GET /${index}`, 'orders'] as const);
  return {
    cloud,
    spec: (subnet, allowlist, target) => ({
      ...smallSpec(),
      links: { eu: linkSpec({ subnets: [subnet], allowlist }) },
      integrations: Object.fromEntries(
        ['api-1', 'api-2'].map((api) => [
          `of-${api}`,
          {
            ...base,
            gateway: { httpApi: api },
            targets: { orders: { ref: { listener: targets[target]! } } },
            routes: Object.fromEntries(keys),
          },
        ]),
      ),
    }),
  };
}

/** The same with another name for the link, which makes it another link. */
function renamed({ links, integrations, ...spec }: Spec): Spec {
  const moved = Object.entries(integrations).map(([name, one]) => [name, { ...one, link: 'eu-2' }]);
  return { ...spec, links: { 'eu-2': links['eu']! }, integrations: Object.fromEntries(moved) };
}

/** Every route, and every deployment of a stage without automatic deployment, uses a link that can carry calls. */
function carries(cloud: FakeCloud): boolean {
  return [...cloud.gateways.values()].every((gateway) =>
    [...gateway.routes.values()].every((row) => {
      const { linkId } = cloud.route(gateway, row);
      const link = cloud.links.get(linkId ?? '');
      return link !== undefined && ['ready', 'inactive'].includes(cloud.stateOf(link));
    }),
  );
}

describeOnEachEngine('replacing a link', () => {
  it('keeps every route on a usable link at every moment, for any change and any moment of a kill', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.array(
          fc.record({
            subnet: fc.constantFrom('subnet-1a', 'subnet-1b', 'subnet-1c'),
            allowlist: fc.constantFrom(undefined, [], ['10.20.0.0/20'], ['10.20.0.0/21', '10.30.0.0/16']),
            target: fc.constantFrom(0, 1),
            killAt: fc.option(fc.integer({ min: 0, max: 25 })),
          }),
          { minLength: 1, maxLength: 4 },
        ),
        async (routes, changes) => {
          const { cloud, spec } = scene(routes);
          await runSpec(cloud, spec('subnet-1a', undefined, 0));
          const held: boolean[] = [];
          cloud.onChange = () => held.push(carries(cloud));
          for (const { subnet, allowlist, target, killAt } of changes) {
            const wanted = spec(subnet, allowlist, target);
            let count = 0;
            cloud.trouble = () => {
              count += 1;
              return count - 1 === killAt ? 'kill after' : undefined;
            };
            await runSpec(cloud, wanted).catch(() => undefined);
            cloud.trouble = () => undefined;
            const events = await runSpec(cloud, wanted);
            expect(events.at(-1)).toMatchObject({ type: 'run.done', failed: 0, skipped: 0 });
            expect(stepIds(await planOf(cloud, wanted))).toEqual([]);
            held.push(carries(cloud));
          }
          await cloud.clock.advance(60_000);
          cloud.settle();
          expect(held.every(Boolean)).toBe(true);
          expect(cloud.links.size).toBe(1);
          expect([...cloud.gateways.values()].map(({ integrations }) => integrations.size)).toEqual([1, 1]);
        },
      ),
      // The slice is the same in each run, the long ones are not.
      { numRuns: runs(4, 1_000), ...(PROVE ? {} : { seed: 20_261_120 }) },
    );
  });

  it.each<[string, (spec: Spec) => Spec, RunOptions, number]>([
    ['replaced', (spec) => spec, {}, 1],
    ['not declared any more', renamed, { prune: true }, 1],
    ['destroyed', (spec) => spec, { destroy: true }, 0],
  ])(
    'deletes links with one security group that are %s, and then the group, in one run',
    async (_, next, how, left) => {
      const { cloud, spec } = scene(2);
      await runSpec(cloud, spec('subnet-1a', [], 0));
      // The run ends when the old link is being deleted: it and the new one have the group of the allowlist.
      cloud.trouble = (operation) => (operation === 'links.delete' ? 'kill after' : undefined);
      await runSpec(cloud, spec('subnet-1b', [], 0)).catch(() => undefined);
      cloud.trouble = (operation) => (operation === 'links.create' ? 'kill after' : undefined);
      await runSpec(cloud, spec('subnet-1a', undefined, 0)).catch(() => undefined);
      cloud.trouble = () => undefined;
      expect(cloud.links.size).toBe(3);
      const events = await runSpec(cloud, next(spec('subnet-1a', undefined, 0)), how);
      expect(events.at(-1)).toMatchObject({ type: 'run.done', failed: 0, skipped: 0 });
      expect([cloud.links.size, cloud.groups.size]).toEqual([left, 0]);
    },
  );

  it('deletes the old link only after the stage that still used it has been deployed', async () => {
    const { cloud, spec } = scene(2);
    await runSpec(cloud, spec('subnet-1a', undefined, 0));
    cloud.calls = [];
    await runSpec(cloud, spec('subnet-1b', undefined, 0));
    const order = cloud.calls.filter((call) =>
      ['links.create', 'routes.update', 'routes.deploy', 'links.delete'].includes(call),
    );
    expect(order).toEqual([
      'links.create',
      ...Array.from({ length: 4 }, () => 'routes.update'),
      'routes.deploy',
      'links.delete',
    ]);
  });

  it('keeps the old link when the stage that still uses it cannot be deployed', async () => {
    const { cloud, spec } = scene(2);
    await runSpec(cloud, spec('subnet-1a', undefined, 0));
    cloud.trouble = (operation) => (operation === 'routes.deploy' ? 'deny' : undefined);
    const events = await runSpec(cloud, spec('subnet-1b', undefined, 0));
    expect(events.at(-1)).toMatchObject({
      failed: 1,
      skipped: 1,
      integrations: { 'of-api-1': 'done', 'of-api-2': 'failed' },
    });
    expect([...cloud.links.values()].map((row) => cloud.stateOf(row))).toEqual(['ready', 'ready']);
    cloud.trouble = () => undefined;
    await runSpec(cloud, spec('subnet-1b', undefined, 0));
    const api = cloud.gateways.get('api-2')!;
    expect(api.stages[0]!.deployments.at(-1)?.routes).toEqual(cloud.leads(api));
  });

  it('keeps an old route when its replacement cannot be created', async () => {
    const { cloud, spec } = scene(1);
    const one = spec('subnet-1a', undefined, 0);
    await runSpec(cloud, one);
    const integrations = Object.fromEntries(
      Object.entries(one.integrations).map(([name, of]) => [name, { ...of, routes: { 'GET /new': 'orders' } }]),
    );
    cloud.trouble = (operation) => (operation === 'routes.create' ? 'deny' : undefined);
    const events = await runSpec(cloud, { ...one, integrations });
    expect(events.at(-1)).toMatchObject({ failed: 2 });
    expect([...cloud.gateways.get('api-1')!.routes.keys()]).toEqual(['GET /0']);
  });

  it('keeps the old link when a route cannot be moved', async () => {
    const { cloud, spec } = scene(2);
    await runSpec(cloud, spec('subnet-1a', undefined, 0));
    let updates = 0;
    cloud.trouble = (operation) => {
      if (operation === 'routes.update') updates += 1;
      return operation === 'routes.update' && updates === 2 ? 'deny' : undefined;
    };
    const events = await runSpec(cloud, spec('subnet-1b', undefined, 0));
    expect(events.at(-1)).toMatchObject({ failed: 1 });
    expect(cloud.links.size).toBe(2);
    expect(carries(cloud)).toBe(true);
  });

  it('keeps the old link, and its routes, when the new one fails', async () => {
    const { cloud, spec } = scene(2);
    await runSpec(cloud, spec('subnet-1a', undefined, 0));
    cloud.trouble = (operation) => (operation === 'links.create' ? 'deny' : undefined);
    const events = await runSpec(cloud, spec('subnet-1b', undefined, 0));
    expect(events.at(-1)).toMatchObject({ applied: 0, failed: 1 });
    expect(carries(cloud)).toBe(true);
  });

  it('deletes the group that only the old link used', async () => {
    const { cloud, spec } = scene(1);
    await runSpec(cloud, spec('subnet-1a', ['10.0.0.0/8'], 0));
    expect(cloud.groups.size).toBe(1);
    await runSpec(cloud, spec('subnet-1b', ['10.0.0.0/8'], 0));
    expect(cloud.groups.size).toBe(1);
    await runSpec(cloud, spec('subnet-1c', undefined, 0));
    expect(cloud.groups.size).toBe(0);
  });

  it('keeps the old link when the new one fails, although no route uses either', async () => {
    const { cloud, spec } = scene(1);
    const bare = (subnet: string): Spec => ({ ...spec(subnet, undefined, 0), integrations: {} });
    await runSpec(cloud, bare('subnet-1a'));
    cloud.trouble = (operation) => (operation === 'links.create' ? 'deny' : undefined);
    expect((await runSpec(cloud, bare('subnet-1b'))).at(-1)).toMatchObject({ failed: 1, skipped: 1 });
    expect([...cloud.links.values()].map((row) => cloud.stateOf(row))).toEqual(['ready']);
  });

  it('narrows an allowlist only after every route has moved', async () => {
    const { cloud, spec } = scene(2);
    const list = ['10.20.0.0/20'];
    await runSpec(cloud, spec('subnet-1a', list, 0));
    let updates = 0;
    cloud.trouble = (operation) => {
      if (operation === 'routes.update') updates += 1;
      return operation === 'routes.update' && updates === 4 ? 'deny' : undefined;
    };
    const [group] = cloud.groups.values();
    const ports = (): readonly number[] => group!.entries.map(({ fromPort }) => fromPort).toSorted();
    expect((await runSpec(cloud, spec('subnet-1a', list, 1))).at(-1)).toMatchObject({ failed: 1 });
    expect(ports()).toEqual([443, 444]);
    await runSpec(cloud, spec('subnet-1a', list, 1));
    expect(ports()).toEqual([444]);
    const order = cloud.calls.filter((call) => /^(allowlist\.(allow|revoke)|routes\.update)$/.test(call));
    expect(order[0]).toBe('allowlist.allow');
    expect(order.at(-1)).toBe('allowlist.revoke');
  });
});
