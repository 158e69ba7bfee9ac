import { describe, expect, it } from 'vitest';
import { memoryJournal } from '../../../src/do/apply/journal.js';
import type { RunEvent } from '../../../src/do/apply/events.js';
import { PrivateIntegrations } from '../../../src/do/private-integrations.js';
import { drive, seeded } from '../../drive.js';
import { FakeCloud } from '../../fake-cloud.js';

function scene() {
  const cloud = new FakeCloud();
  cloud.gateway('api-1', [{ name: 'prod', autoDeploy: false }]);
  cloud.gateway('api-2');
  const [orders, bills] = [cloud.listener('orders', 443).id, cloud.listener('bills', 8443).id];
  const journal = memoryJournal();
  const session = (spec: string | undefined = 'life', seed = 1) =>
    new PrivateIntegrations(cloud.driver(), {
      project: 'shop',
      spec,
      clock: cloud.clock,
      random: seeded(seed),
      journal,
    });
  const run = <T>(work: Promise<T>): Promise<T> => drive(cloud.clock, work);
  const subnetIds = ['subnet-1a', 'subnet-1b'];
  const request = {
    links: { main: { subnetIds } },
    targets: {
      orders: { link: 'main', listenerArn: orders },
      bills: { link: 'main', listenerArn: bills },
    },
    routes: [
      { gateway: 'api-1', key: 'ANY /orders', target: 'orders' },
      { gateway: 'api-2', key: 'ANY /orders', target: 'orders' },
      { gateway: 'api-1', key: 'GET /bills', target: 'bills' },
    ],
    allow: { main: ['10.20.0.0/20'] },
  } as const;
  const keys = (id: string) => [...cloud.gateways.get(id)!.routes.keys()];
  return { cloud, session, run, request, keys, journal, subnetIds, orders };
}

const WRITES = /create|update|delete|tag|rename|allowlist\.(prepare|allow|revoke)|deploy/;

describe('ensure of all that belongs together', () => {
  it('returns what exists and what changed; a second time nothing changes', async () => {
    const { cloud, session, run, request, keys } = scene();
    const made = await run(session().ensure(request));
    expect(made.links.main).toMatchObject({
      state: 'ready',
      owner: { project: 'shop', spec: 'life', integration: 'main' },
    });
    expect(made.links.main.egress).toMatchObject({ linkId: made.links.main.id, prefixes: ['10.0.0.0/24'] });
    expect(made.targets.bills).toMatchObject({ name: 'bills', linkId: made.links.main.id, port: 8443 });
    expect(made.routes).toContainEqual({ gateway: { httpApi: 'api-2' }, key: 'ANY /orders', target: 'orders' });
    expect([keys('api-1'), keys('api-2')]).toEqual([['ANY /orders', 'GET /bills'], ['ANY /orders']]);
    expect([...cloud.groups.values()].flatMap(({ entries }) => entries)).toEqual(
      [443, 8443].map((port) => ({ cidrBlock: '10.20.0.0/20', protocol: 'tcp', fromPort: port, toPort: port })),
    );
    expect(made.changes.map(({ id }) => id)).toEqual([
      'create link main',
      'create route ANY /orders on api-1',
      'create route GET /bills on api-1',
      'deploy api-1 to prod',
      'create route ANY /orders on api-2',
    ]);
    expect(made.changes[0]!.resource).toEqual({ type: 'link', name: 'main', id: made.links.main.id });
    expect(JSON.parse(JSON.stringify(made))).toEqual(JSON.parse(JSON.stringify({ ...made })));

    cloud.calls = [];
    const again = await run(session().ensure(request));
    expect(again).toMatchObject({ links: { main: { id: made.links.main.id } }, changes: [] });
    expect(cloud.calls.filter((call) => WRITES.test(call))).toEqual([]);
  });

  it('makes what the single calls make, and the other way around', async () => {
    const { cloud, session, run, request, subnetIds, orders } = scene();
    await run(session().ensure(request));
    cloud.calls = [];
    const gate = session();
    const single = async () => {
      const link = await gate.ensureLink({ name: 'main', subnetIds });
      const target = await gate.ensureTarget(link, { name: 'orders', listenerArn: orders });
      for (const api of ['api-1', 'api-2']) await gate.ensureRoute(api, 'ANY /orders', target);
      await gate.allow(link, ['10.20.0.0/20'], { ports: [443] });
    };
    await run(single());
    expect(cloud.calls.filter((call) => WRITES.test(call))).toEqual([]);
  });

  it('changes nothing where a part is refused, and names all of it', async () => {
    const { cloud, session, run, request } = scene();
    cloud.addRoute('api-1', 'GET /bills');
    const routes = [...request.routes, { gateway: 'api-3', key: 'GET /x', target: 'orders' } as const];
    await expect(run(session().ensure({ ...request, routes }))).rejects.toMatchObject({ code: expect.any(String) });
    await expect(run(session().ensure(request))).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(cloud.links.size).toBe(0);
  });

  it('changes nothing where only the route on a second gateway is refused', async () => {
    const { cloud, session, run, request } = scene();
    cloud.addRoute('api-2', 'ANY /orders');
    await expect(run(session().ensure(request))).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(cloud.calls.filter((call) => WRITES.test(call))).toEqual([]);
  });

  it('uses a link that is there, and does not change it', async () => {
    const { cloud, session, run, request, keys } = scene();
    const there = cloud.addLink({ subnetIds: ['subnet-1a'], name: 'theirs' });
    const { targets, routes } = request;
    const made = await run(session().ensure({ links: { main: there.id }, targets, routes }));
    expect(made.links.main.id).toBe(there.id);
    expect(keys('api-2')).toEqual(['ANY /orders']);
    const kept = await run(session().release());
    expect(kept.notes).toContainEqual(
      expect.stringContaining('route ANY /orders of api-2 is managed by this project but uses no link'),
    );
    expect(keys('api-2')).toEqual(['ANY /orders']);
    await run(session().deleteRoute('api-2', 'ANY /orders'));
    expect([keys('api-1'), keys('api-2')]).toEqual([['ANY /orders', 'GET /bills'], []]);
    await run(session().release({ links: [there.id] }));
    expect([...cloud.links.keys()]).toEqual([there.id]);
    expect(keys('api-1')).toEqual([]);
  });

  it('reports its progress, and ends where it is aborted; the next call goes on', async () => {
    const { cloud, session, run, request, keys } = scene();
    const events: RunEvent[] = [];
    const stop = new AbortController();
    const first = session().ensure(request, { signal: stop.signal, onEvent: (event) => events.push(event) });
    const later = cloud.clock.sleep(20_000).then(() => stop.abort());
    await expect(run(Promise.all([first, later]))).rejects.toMatchObject({ code: 'ABORTED' });
    expect(events.map(({ type }) => type)).toContain('step.waiting');
    expect(keys('api-2')).toEqual([]);
    const made = await run(session().ensure(request));
    expect([...cloud.links.keys()]).toEqual([made.links.main.id]);
    expect(keys('api-2')).toEqual(['ANY /orders']);
  });

  it.each(['kill before', 'kill after'] as const)(
    'goes on after a %s each of its changes, and so does release',
    async (kill) => {
      const { cloud, session, run, request, keys } = scene();
      const untilDone = async (work: (seed: number) => Promise<unknown>): Promise<number> => {
        for (let kills = 0; ; kills += 1) {
          let changes = 0;
          cloud.trouble = () => ((changes += 1) > kills ? kill : undefined);
          const outcome = await run(
            work(kills).then(
              () => 'done',
              () => 'killed',
            ),
          );
          cloud.trouble = () => undefined;
          cloud.settle();
          if (outcome === 'done') return kills;
        }
      };
      expect(await untilDone((seed) => session('life', seed).ensure(request))).toBeGreaterThan(2);
      expect(cloud.links.size).toBe(1);
      expect([keys('api-1'), keys('api-2')]).toEqual([['ANY /orders', 'GET /bills'], ['ANY /orders']]);
      expect(await untilDone((seed) => session('life', seed).release())).toBeGreaterThan(2);
      expect([...cloud.links.values()].filter(({ deletedMs }) => deletedMs === undefined)).toEqual([]);
      expect([keys('api-1'), keys('api-2')]).toEqual([[], []]);
    },
  );

  it('of several steps that failed names each', async () => {
    const { cloud, session, run, request } = scene();
    cloud.trouble = (operation) => (operation === 'routes.create' ? 'deny' : undefined);
    const routes = request.routes.slice(0, 1);
    const both = [...routes, { ...request.routes[2] }];
    await expect(run(session().ensure({ ...request, routes: both }))).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
      details: { also: [{ code: 'PERMISSION_DENIED', message: expect.any(String), remedy: expect.any(String) }] },
    });
  });

  it.each([
    [
      'a link that is not named',
      { targets: { orders: { link: 'eux', listener: { loadBalancer: 'orders', port: 443 } } } },
      'targets.orders.link',
    ],
    ['a target that is not named', { routes: [{ gateway: 'api-1', key: 'GET /x', target: 'tt' }] }, 'routes[0].target'],
    [
      'a route twice',
      { routes: ['a', 'b'].map(() => ({ gateway: 'api-1', key: 'GET /x', target: 'orders' })) },
      'routes[1].key',
    ],
    ['a target without a route', { routes: [] }, 'targets.orders'],
    ['blocks of no link', { allow: { eu: ['10.0.0.0/8'] } }, 'allow.eu'],
    ['a block that is none', { allow: { main: ['10.0.0.1/8'] } }, 'allow.main[0]'],
    ['a name twice', { links: { main: { name: 'eu', subnetIds: ['subnet-1a'] } } }, 'links.main.name'],
    ['a key that is misspelt', { links: { main: { subnets: ['subnet-1a'] } } }, 'links.main.subnets'],
    ['a name that is none', { links: { 'Main!': { subnetIds: ['subnet-1a'] } } }, 'links.Main!'],
    ['a route key that is none', { routes: [{ gateway: 'api-1', key: '/x', target: 'orders' }] }, 'routes[0].key'],
    ['no links', { links: undefined }, 'links'],
  ])('refuses %s before any call, with its place', async (_, part, path) => {
    const { cloud, session, request, orders } = scene();
    const base = {
      ...request,
      targets: { orders: { link: 'main', listenerArn: orders } },
      routes: [request.routes[0]],
    };
    const given = { ...base, ...part } as unknown as typeof request;
    await expect(session().ensure(given)).rejects.toMatchObject({ place: { path }, remedy: expect.any(String) });
    expect(cloud.calls).toEqual([]);
  });

  it('opens no port that was not named: blocks of a link without targets need ports', async () => {
    const { cloud, session, run, subnetIds } = scene();
    const links = { main: { subnetIds } };
    await expect(session().ensure({ links, allow: { main: ['10.20.0.0/20'] } })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      place: { path: 'allow.main' },
    });
    await run(session().ensure({ links, allow: { main: { cidrBlocks: ['10.20.0.0/20'], ports: [80, 81] } } }));
    const entries = [...cloud.groups.values()].flatMap((group) => group.entries);
    expect(entries).toEqual([{ cidrBlock: '10.20.0.0/20', protocol: 'tcp', fromPort: 80, toPort: 81 }]);
  });
});

describe('release', () => {
  it('removes all that the spec made, and nothing of others', async () => {
    const { cloud, session, run, request, keys } = scene();
    cloud.addRoute('api-1', 'GET /theirs');
    await run(session().ensure(request));
    await run(session('other').ensureLink({ name: 'theirs', subnetIds: ['subnet-1a'] }));
    const events: RunEvent[] = [];
    const { changes } = await run(session().release({ onEvent: (event) => events.push(event) }));
    expect(changes.map(({ kind, resource }) => `${kind} ${resource.type}`)).toContain('delete link');
    expect(events.at(-1)).toMatchObject({ type: 'run.done', failed: 0 });
    expect(keys('api-1')).toEqual(['GET /theirs']);
    expect([...cloud.links.values()].map(({ name }) => name)).toEqual(['theirs']);
    expect(await run(session().release())).toMatchObject({ changes: [] });
  });

  it('waits for calls of the session that are under way', async () => {
    const { cloud, session, run, request, keys } = scene();
    const gate = session();
    await run(Promise.all([gate.ensure(request), gate.release()]));
    expect(keys('api-1')).toEqual([]);
    expect(cloud.links.size).toBe(0);
  });

  it('ends where it is aborted, and the next call goes on', async () => {
    const { cloud, session, run, request } = scene();
    await run(session().ensure(request));
    const stop = new AbortController();
    const first = session().release({
      signal: stop.signal,
      onEvent: ({ type }) => type === 'step.done' && stop.abort(),
    });
    await expect(run(first)).rejects.toMatchObject({ code: 'ABORTED' });
    expect(cloud.links.size).toBe(1);
    await run(session().release());
    expect(cloud.links.size).toBe(0);
  });

  it('is refused to a session that has no identity', async () => {
    const { cloud } = scene();
    const gate = new PrivateIntegrations(cloud.driver(), { project: 'shop', clock: cloud.clock });
    await expect(gate.release()).rejects.toMatchObject({ code: 'INVALID_INPUT', place: { path: 'spec' } });
    expect(cloud.calls).toEqual([]);
  });
});
