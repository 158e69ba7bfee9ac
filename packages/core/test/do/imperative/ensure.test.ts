import { describe, expect, it } from 'vitest';
import { memoryJournal } from '../../../src/do/apply/journal.js';
import type { RunEvent } from '../../../src/do/apply/events.js';
import { reachRecords, recordedReach } from '../../../src/do/apply/reach.js';
import { PrivateIntegrations } from '../../../src/do/private-integrations.js';
import { judge } from '../../../src/internal/check.js';
import { defineSpec } from '../../../src/internal/spec.js';
import { drive, seeded } from '../../drive.js';
import { FakeCloud } from '../../fake-cloud.js';

function scene() {
  const cloud = new FakeCloud();
  cloud.gateway('api1', [{ name: 'prod', autoDeploy: false }]);
  cloud.gateway('api2');
  const [orders, bills] = [cloud.listener('orders', 443).id, cloud.listener('bills', 8443).id];
  const journal = memoryJournal();
  const session = (spec = 'life', seed = 1) =>
    new PrivateIntegrations(cloud.driver(), {
      project: 'shop',
      spec,
      clock: cloud.clock,
      random: seeded(seed),
      journal,
      judge,
    });
  const run = <T>(work: Promise<T>): Promise<T> => drive(cloud.clock, work);
  const [subnets, allowlist] = [['subnet-1a', 'subnet-1b'], ['10.20.0.0/20']];
  const members = {
    version: 1,
    project: 'shop',
    links: { main: { provider: 'aws', subnets, allowlist } },
    integrations: {
      orders: {
        link: 'main',
        gateway: { httpApi: 'api1' },
        targets: { orders: { listener: orders }, bills: { listener: bills } },
        routes: { 'ANY /orders': 'orders', 'GET /bills': 'bills' },
      },
      more: {
        link: 'main',
        gateway: { httpApi: 'api2' },
        targets: { orders: { listener: orders } },
        routes: { 'ANY /orders': 'orders' },
      },
    },
  } as const;
  const spec = defineSpec(members);
  const keys = (id: string) => [...cloud.gateways.get(id)!.routes.keys()];
  return { cloud, session, run, members, spec, keys, subnets, orders, journal };
}

const ONE = { gateway: { httpApi: 'api1' }, targets: {}, routes: {} };
const WRITES = /create|update|delete|tag|rename|allowlist\.(prepare|allow|revoke)|deploy/;

describe('ensure of a spec', () => {
  it('returns what exists and what changed; a second time nothing changes', async () => {
    const { cloud, session, run, spec, keys } = scene();
    const made = await run(session().ensure(spec));
    expect(made.links.main).toMatchObject({
      state: 'ready',
      owner: { project: 'shop', spec: 'life', integration: 'main' },
    });
    expect(made.links.main.egress).toMatchObject({ linkId: made.links.main.id, prefixes: ['10.0.0.0/24'] });
    expect([keys('api1'), keys('api2')]).toEqual([['ANY /orders', 'GET /bills'], ['ANY /orders']]);
    expect([...cloud.groups.values()].flatMap(({ entries }) => entries)).toEqual(
      [443, 8443].map((port) => ({ cidrBlock: '10.20.0.0/20', protocol: 'tcp', fromPort: port, toPort: port })),
    );
    expect(made.changes.map(({ id }) => id)).toEqual([
      'create link main',
      'create route ANY /orders on api1',
      'create route GET /bills on api1',
      'create route ANY /orders on api2',
      'deploy api1 to prod',
    ]);
    expect(made.changes[0]!.resource).toEqual({ type: 'link', name: 'main', id: made.links.main.id });
    expect(JSON.parse(JSON.stringify(made))).toEqual(JSON.parse(JSON.stringify({ ...made })));

    cloud.calls = [];
    const again = await run(session().ensure(spec));
    expect(again).toMatchObject({ links: { main: { id: made.links.main.id } }, changes: [] });
    expect(cloud.calls.filter((call) => WRITES.test(call))).toEqual([]);
  });

  it('records where it made something, as single calls do, until a release; a plan looks there', async () => {
    const { cloud, session, run, members, spec, subnets, orders, journal } = scene();
    const reached = async () => recordedReach(await journal.read(), { project: 'shop', spec: 'life' });
    await run(session().ensure(spec));
    const gate = session();
    const link = await run(gate.ensureLink({ name: 'main', subnets }));
    cloud.gateway('api3');
    const target = await run(gate.ensureTarget(link, { name: 'orders', listenerArn: orders }));
    await run(gate.ensureRoute('api3', 'ANY /orders', target));
    const [place, ...others] = (await reached()).places;
    expect([place?.region, place?.account, others.length]).toEqual(['eu-west-1', cloud.account, 0]);
    expect(place?.gateways.map((one) => Object.values(one)[0])).toEqual(['api1', 'api2', 'api3']);
    expect(recordedReach(reachRecords(await journal.read()), { project: 'shop', spec: 'life' })).toEqual(
      await reached(),
    );

    const { integrations } = members;
    const plan = await run(
      gate.plan(defineSpec({ ...members, spec: 'life', integrations: { orders: integrations.orders } })),
    );
    expect(plan.units.flatMap(({ steps }) => steps.map(({ id }) => id))).toEqual([
      'delete route ANY /orders on api2',
      'delete route ANY /orders on api3',
    ]);
    await run(session().release());
    expect(await reached()).toEqual({ places: [], isUnknown: false });
  });

  it('makes what the single calls make, and the other way around', async () => {
    const { cloud, session, run, spec, subnets, orders } = scene();
    await run(session().ensure(spec));
    cloud.calls = [];
    const gate = session();
    const single = async () => {
      const link = await gate.ensureLink({ name: 'main', subnets });
      const target = await gate.ensureTarget(link, { name: 'orders', listenerArn: orders });
      await gate.ensureRoute('api1', 'ANY /orders', target);
      await gate.allow(link, ['10.20.0.0/20'], { ports: [443] });
    };
    await run(single());
    expect(cloud.calls.filter((call) => WRITES.test(call))).toEqual([]);
  });

  it('changes nothing where a part is refused, also only the route on a second gateway', async () => {
    const { cloud, session, run, spec } = scene();
    cloud.addRoute('api2', 'ANY /orders');
    await expect(run(session().ensure(spec))).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(cloud.calls.filter((call) => WRITES.test(call))).toEqual([]);
  });

  it('keeps what the spec does not declare any more', async () => {
    const { session, run, members, spec, keys } = scene();
    await run(session().ensure(spec));
    const { integrations } = members;
    const made = await run(session().ensure(defineSpec({ ...members, integrations: { more: integrations.more } })));
    expect(made.changes).toEqual([]);
    expect(keys('api1')).toEqual(['ANY /orders', 'GET /bills']);
  });

  it('uses a link that is there, and does not change it', async () => {
    const { cloud, session, run, members, keys } = scene();
    const there = cloud.addLink({ subnetIds: ['subnet-1a'], name: 'theirs' });
    const links = { main: { provider: 'aws', id: there.id, owner: 'external' } } as const;
    const made = await run(session().ensure(defineSpec({ ...members, links })));
    expect(made.links.main.id).toBe(there.id);
    expect(keys('api2')).toEqual(['ANY /orders']);
    const kept = await run(session().release());
    expect(kept.notes).toContainEqual(
      expect.stringContaining('route ANY /orders of api2 is managed by this project but uses no link'),
    );
    expect(keys('api2')).toEqual(['ANY /orders']);
    await run(session().deleteRoute('api2', 'ANY /orders'));
    expect([keys('api1'), keys('api2')]).toEqual([['ANY /orders', 'GET /bills'], []]);
    await run(session().release({ links: [there.id] }));
    expect([...cloud.links.keys()]).toEqual([there.id]);
    expect(keys('api1')).toEqual([]);
  });

  it('reports its progress, and ends where it is aborted; the next call goes on', async () => {
    const { cloud, session, run, spec, keys } = scene();
    const events: RunEvent[] = [];
    const stop = new AbortController();
    const first = session().ensure(spec, { signal: stop.signal, onEvent: (event) => events.push(event) });
    const later = cloud.clock.sleep(20_000).then(() => stop.abort());
    await expect(run(Promise.all([first, later]))).rejects.toMatchObject({ code: 'ABORTED' });
    expect(events.map(({ type }) => type)).toContain('step.waiting');
    expect(keys('api2')).toEqual([]);
    const made = await run(session().ensure(spec));
    expect([...cloud.links.keys()]).toEqual([made.links.main.id]);
    expect(keys('api2')).toEqual(['ANY /orders']);
  });

  it.each(['kill before', 'kill after'] as const)(
    'goes on after a %s each of its changes, and so does release',
    async (kill) => {
      const { cloud, session, run, spec, keys } = scene();
      const untilDone = async (work: (seed: number) => Promise<unknown>): Promise<number> => {
        for (let kills = 0; kills < 50; kills += 1) {
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
        throw new Error('no end');
      };
      expect(await untilDone((seed) => session('life', seed).ensure(spec))).toBeGreaterThan(2);
      expect(cloud.links.size).toBe(1);
      expect([keys('api1'), keys('api2')]).toEqual([['ANY /orders', 'GET /bills'], ['ANY /orders']]);
      expect(await untilDone((seed) => session('life', seed).release())).toBeGreaterThan(2);
      expect([...cloud.links.values()].filter(({ deletedMs }) => deletedMs === undefined)).toEqual([]);
      expect([keys('api1'), keys('api2')]).toEqual([[], []]);
    },
  );

  it('of several steps that failed names each', async () => {
    const { cloud, session, run, spec } = scene();
    cloud.trouble = (operation) => (operation === 'routes.create' ? 'deny' : undefined);
    const other = { code: 'PERMISSION_DENIED', message: expect.any(String), remedy: expect.any(String) };
    await expect(run(session().ensure(spec))).rejects.toMatchObject({
      code: 'PERMISSION_DENIED',
      details: { also: expect.arrayContaining([other]) },
    });
  });

  it.each([
    ['a link that is not declared', { integrations: { a: { ...ONE, link: 'eux' } } }, 'integrations.a.link'],
    ['a key that is misspelt', { links: { main: { provider: 'aws', subnetIds: ['a'] } } }, 'links.main.subnetIds'],
    ['a spec of another project', { project: 'bills' }, 'project'],
    ['a spec with another identity', { spec: 'other-spec' }, 'spec'],
  ])('refuses %s before any call, with its place', async (_, part, path) => {
    const { cloud, session, members } = scene();
    const given = defineSpec({ ...members, ...part } as unknown as typeof members);
    await expect(session().ensure(given)).rejects.toMatchObject({ place: { path }, remedy: expect.any(String) });
    expect(cloud.calls).toEqual([]);
  });

  it('opens no port that was not named: blocks of a link without targets need ports', async () => {
    const { cloud, session, run, members, subnets } = scene();
    const allowing = (allowlist: readonly (string | { cidr: string; ports: number[] })[]) =>
      defineSpec({
        ...members,
        integrations: {},
        links: { main: { provider: 'aws', subnets, allowlist: [...allowlist] } },
      });
    await expect(run(session().ensure(allowing(['10.20.0.0/20'])))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      place: { path: 'links.main.allowlist' },
    });
    expect(cloud.links.size).toBe(0);
    await run(session().ensure(allowing([{ cidr: '10.20.0.0/20', ports: [80, 81] }])));
    const entries = [...cloud.groups.values()].flatMap((group) => group.entries);
    expect(entries).toEqual([{ cidrBlock: '10.20.0.0/20', protocol: 'tcp', fromPort: 80, toPort: 81 }]);
  });
});

describe('release', () => {
  it('removes all that the spec made, and nothing of others', async () => {
    const { cloud, session, run, spec, keys } = scene();
    cloud.addRoute('api1', 'GET /theirs');
    await run(session().ensure(spec));
    await run(session('other').ensureLink({ name: 'theirs', subnets: ['subnet-1a'] }));
    const events: RunEvent[] = [];
    const { changes } = await run(session().release({ onEvent: (event) => events.push(event) }));
    expect(changes.map(({ kind, resource }) => `${kind} ${resource.type}`)).toContain('delete link');
    expect(events.at(-1)).toMatchObject({ type: 'run.done', failed: 0 });
    expect(keys('api1')).toEqual(['GET /theirs']);
    expect([...cloud.links.values()].map(({ name }) => name)).toEqual(['theirs']);
    expect(await run(session().release())).toMatchObject({ changes: [] });
  });

  it('waits for calls of the session that are under way', async () => {
    const { cloud, session, run, spec, keys } = scene();
    const gate = session();
    await run(Promise.all([gate.ensure(spec), gate.release()]));
    expect(keys('api1')).toEqual([]);
    expect(cloud.links.size).toBe(0);
  });

  it('ends where it is aborted, and the next call goes on', async () => {
    const { cloud, session, run, spec } = scene();
    await run(session().ensure(spec));
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

  it('removes what another program of the project made, where neither names an identity', async () => {
    const { cloud, run, spec } = scene();
    const program = () => new PrivateIntegrations(cloud.driver(), { project: 'shop', clock: cloud.clock });
    const { links } = await run(program().ensure(spec));
    expect(links.main.owner).toMatchObject({ spec: 'shop' });
    await run(program().release());
    expect(cloud.links.size).toBe(0);
  });
});
